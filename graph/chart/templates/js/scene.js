// What the picture shows: the first picture with what was unfolded in it, or a picture of the page's own (around some
// entities, the routes between two, who stands in the centre).

const FIRST_NEAR = 16, MORE_NEAR = 14, MOST_NEAR = 60; // neighbours at first, then at a time, and at most
const OWN_SHEET = at("own");
const CENTRAL = DATA.central || { spots: {} };
const SCENE = { key: "", size: FIRST_NEAR, left: 0, asked: "", ways: /** @type {Ways} */ ({ routes: [], reach: [[], []] }) };

/** Whether the page draws the picture by itself. */
function drawsItself() {
  return Boolean(STATE.near.length || (STATE.route && STATE.route.from && STATE.route.to) || STATE.central);
}

/** The step of a story that is being told, or null. */
function stepNow() {
  const now = storyNow();
  return now && now.step;
}

/** The entities and claims that a step shows. @param {StoryStep} step */
function shownBy(step) {
  const claims = new Set(step.claims);
  const nodes = new Set(step.entities);
  for (const index of claims) for (const id of [CLAIMS[index].s, CLAIMS[index].o || ""]) if (ENTITIES.has(id)) nodes.add(id);
  if (step.theme && !nodes.size) for (const entity of ENTITIES.values()) if (entity.theme === step.theme && entity.drawn) nodes.add(entity.id);
  return { nodes, claims };
}

/** Draw what the state asks for, if it is not there yet. */
function drawScene() {
  const own = drawsItself();
  OWN_SHEET.hidden = !own;
  for (const one of SHEETS) {
    one.hidden = own || one.lang !== STATE.lang;
    if (!one.hidden) unpack(one);
  }
  const { lang, only, near, kept, gone, route, central, at: when, open, story } = STATE;
  const key = JSON.stringify([lang, only, near, [...kept], [...gone], route, central, when, STATE.undated, [...open], story,
    Object.values(OFF).map((set) => [...set]), SCENE.size, [...OWN.spread]]);
  if (key === SCENE.key) return;
  SCENE.key = key;
  if (own) drawOwn();
  else drawOver();
}

/** The picture of the page's own. */
function drawOwn() {
  const { ids, lines, turned, title } = route() || around() || centre();
  OWN.ids = new Set(ids);
  const quiet = STATE.central && !STATE.near.length && !STATE.route;
  let layout;
  if (quiet) {
    const spots = ids.map(spotOf);
    for (const { id, box } of spots) [box.x, box.y] = CENTRAL.spots[id];
    const boxes = spots.map(({ box }) => box);
    apart(boxes, 7);
    const left = Math.min(...boxes.map(({ x, w }) => x - w / 2)) - 10, top = Math.min(...boxes.map(({ y, h }) => y - h / 2)) - 10;
    for (const box of boxes) Object.assign(box, { x: box.x - left, y: box.y - top });
    layout = {
      spots, strokes: straight(spots, lines),
      w: Math.max(...boxes.map(({ x, w }) => x + w / 2)) + 10, h: Math.max(...boxes.map(({ y, h }) => y + h / 2)) + 10,
    };
  } else layout = layered(ids, lines, turned, PICTURE.getBoundingClientRect());
  const picture = pictureOf(layout, title, quiet);
  OWN_SHEET.replaceChildren(ids.length ? picture : make("p", "empty", word("nothing-near")));
}

/** The routes under the filter as it stands, looked for once. @param {string} from @param {string} to */
function waysNow(from, to) {
  const asked = JSON.stringify([from, to, STATE.at, STATE.undated, Object.values(OFF).map((set) => [...set])]);
  if (SCENE.asked !== asked) SCENE.ways = waysBetween(from, to);
  SCENE.asked = asked;
  return SCENE.ways;
}

/** The nodes and lines of the routes. */
function route() {
  const asked = STATE.route;
  if (!asked || !asked.from || !asked.to) return null;
  const ways = waysNow(asked.from, asked.to);
  const chosen = asked.nth === null ? ways.routes.filter((way) => way.links.length === ways.routes[0].links.length) : ways.routes.slice(asked.nth, asked.nth + 1);
  const ids = new Set([asked.from, asked.to, ...chosen.flatMap((way) => way.nodes)]);
  /** @type {Map<string, number>} how far from the start, so that every route runs to the right */ const far = new Map();
  for (const way of chosen) way.nodes.forEach((id, n) => { if (!far.has(id)) far.set(id, n); });
  const claims = new Set(chosen.flatMap((way) => way.links.flatMap((link) => link.claims)));
  for (const way of chosen) for (const index of denialsBeside(way)) if (ids.has(CLAIMS[index].s) && ids.has(String(CLAIMS[index].o))) claims.add(index);
  return {
    ids: [...ids], lines: linesAmong(ids, claims), title: word("route-of", { from: nameOf(asked.from), to: nameOf(asked.to) }),
    turned: (/** @type {Line[]} */ [line]) => Number(far.get(line.s) || 0) > Number(far.get(line.o) || 0),
  };
}

/** The neighbourhood of what is looked at, and whatever was kept. */
function around() {
  if (!STATE.near.length) return null;
  const centre = STATE.near.filter((id) => ENTITIES.has(id));
  const all = neighboursOf([...centre, ...STATE.open]).filter((id) => !STATE.gone.has(id) && !STATE.kept.has(id));
  const shown = all.slice(0, Math.min(SCENE.size, MOST_NEAR));
  SCENE.left = all.length - shown.length;
  const ids = new Set([...centre, ...STATE.kept, ...STATE.open, ...shown].filter((id) => ENTITIES.has(id) && !STATE.gone.has(id)));
  const left = new Set(shown.length > 20 ? shown.filter((_, n) => n % 2) : []); // one column of so many would be too long
  const turned = (/** @type {Line[]} */ [line]) => left.size > 0
    && ((left.has(line.o) && centre.includes(line.s)) || (!left.has(line.s) && centre.includes(line.o)));
  return { ids: [...ids], lines: linesAmong(ids), turned, title: word("near-title", { name: centre.map(nameOf).join(comma()) }) };
}

/** Who stands in the centre: the entities of the first picture, near those they are tied to. */
function centre() {
  const ids = Object.keys(CENTRAL.spots).filter((id) => entityShown(id) && !STATE.gone.has(id));
  return { ids, lines: linesAmong(new Set(ids)), turned: () => false, title: word("central") };
}

/** What was unfolded, or what a story's step needs, laid over the first picture. */
function drawOver() {
  const one = sheet();
  const svg = one && one.querySelector("svg");
  if (!svg) return;
  for (const old of document.querySelectorAll(".loose-ones")) old.remove();
  const step = stepNow();
  const wanted = [...new Set([...STATE.open, ...STATE.kept, ...(step ? shownBy(step).nodes : [])])]
    .filter((id) => ENTITIES.has(id) && !(/** @type {Entity} */ (ENTITIES.get(id)).drawn) && !STATE.gone.has(id));
  if (!wanted.length) return;
  OWN.ids = new Set();
  /** @type {Map<string, Box>} */ const standing = new Map();
  for (const node of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll(".node"))) {
    const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => Number(/** @type {Element} */ (node.querySelector("rect")).getAttribute(name)));
    if (!STATE.gone.has(String(node.dataset.node))) standing.set(String(node.dataset.node), { x: x + w / 2, y: y + h / 2, w, h });
  }
  const spots = wanted.map((id) => ({ ...spotOf(id) }));
  const places = new Map(standing);
  const plan = spots.map((spot) => {
    const near = neighboursOf([spot.id]).map((id) => standing.get(id)).filter((box) => box !== undefined);
    const host = standing.get(String((ENTITIES.get(spot.id) || {}).host));
    return { spot, near: /** @type {Box[]} */ (near.length ? near.slice(0, 3) : host ? [host] : [...standing.values()].slice(0, 1)) };
  });
  const { width, height } = svg.viewBox.baseVal;
  settle([...standing.values()], plan, { w: width, h: height });
  for (const { id, box } of spots) places.set(id, box);
  const ids = new Set(places.keys());
  const lines = linesAmong(ids, step ? shownBy(step).claims : undefined).filter((line) => wanted.includes(line.s) || wanted.includes(line.o));
  const strokes = straight([...places].map(([id, box]) => ({ id, rows: [], box })), lines);
  const printed = /** @type {SVGGraphicsElement[]} */ ([...svg.querySelectorAll(".line:not([hidden]) text")]).map((text) => text.getBBox())
    .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2, w: width, h: height }));
  const taken = [...places.values(), ...printed];
  for (const stroke of strokes) slide(stroke, taken);
  const layer = shape("g", { class: "loose-ones" }, ...strokes.map((stroke) => {
    const hides = taken.some((box) => meets(box, stroke.box, 0));
    if (!hides) taken.push(stroke.box);
    return lineShape(stroke, hides);
  }), ...spots.map((spot) => nodeShape(spot, "loose")));
  svg.append(layer);
}

/** The strip that says what the page's own picture shows, and leads on or back. */
function fillNear() {
  const bar = at("near");
  bar.hidden = !(STATE.near.length || STATE.central) || Boolean(STATE.route) || STATE.view !== "picture";
  if (bar.hidden) return void bar.replaceChildren();
  const inside = [];
  if (STATE.near.length) {
    const all = OWN.ids.size + SCENE.left;
    inside.push(make("strong", "", data(word("near-title", { name: STATE.near.map(nameOf).join(comma()) }))),
      make("span", "meta", word("near-count", { shown: OWN.ids.size, all })));
    if (SCENE.left && OWN.ids.size < MOST_NEAR) {
      inside.push(button(word("near-more", { count: Math.min(MORE_NEAR, SCENE.left) }), () => { SCENE.size += MORE_NEAR; redraw(true); }));
    } else if (SCENE.left) inside.push(make("span", "meta", word("near-full", { count: SCENE.left })));
  } else inside.push(make("strong", "", word("central")), make("span", "meta", word("central-about")));
  if (STATE.gone.size) inside.push(button(word("bring-back", { count: STATE.gone.size }), () => go({ gone: new Set() })));
  inside.push(button(word("first-picture"), toFirst));
  refill(bar, ...inside);
}

/** Back to the first picture. */
function toFirst() {
  SCENE.size = FIRST_NEAR;
  OWN.spread.clear();
  go({ near: [], route: null, central: false, kept: new Set(), gone: new Set(), open: new Set() });
}

/** Look at an entity's neighbourhood. @param {string} id */
function lookAround(id) {
  SCENE.size = FIRST_NEAR;
  go({ view: "picture", near: [id], route: null, central: false, open: new Set(), choice: { kind: "node", id } });
}

/** What a click on an entity's buttons does. @param {string} id @param {"open"|"kept"|"gone"} set */
function toggle(id, set) {
  const changed = new Set(STATE[set]);
  if (!changed.delete(id)) changed.add(id);
  go({ [set]: changed, ...(set === "gone" && changed.has(id) && STATE.choice && STATE.choice.id === id ? { choice: null } : {}) });
}

/** Unfold what stands behind a node of the first picture, or fold it again. @param {string} id */
function unfold(id) {
  if (drawsItself()) return toggle(id, "open");
  const folded = foldedIn(id);
  const open = new Set(STATE.open);
  const all = folded.every((other) => open.has(other));
  for (const other of folded) open[all ? "delete" : "add"](other);
  go({ open, choice: { kind: "node", id } });
}

/** @param {string} id */
function foldedIn(id) {
  return DATA.entities.filter((entity) => entity.host === id).map((entity) => entity.id);
}
