// network.html: a vis-network from pyvis's nodes, edges and options, with the evidence panel of chart.html. After
// vis-network.min.js, what the panel needs, keys.js, network-legend.js and find.js.

/**
 * @typedef {{id: string, kind: string, labels: Words, font: object}} NetworkNode
 * @typedef {{id: string, style: string, labels: Words, font: object}} NetworkEdge
 * @typedef {{nodes: NetworkNode[], edges: NetworkEdge[], options: object, physics: object, large: boolean, first: string[],
 *   frames: Array<{theme: string, titles: Words, box: number[]}>}} Drawing
 */

/** @type {Drawing} */
const DRAWING = JSON.parse(at("drawing").textContent || "{}");
const FIRST = new Set(DRAWING.first);
const AT_ONCE = 200; // things of the list
const READ = 0.55; // the scale below which names cannot be read
const NODES = new window.vis.DataSet(), EDGES = new window.vis.DataSet();
const BOARD = new window.vis.Network(at("network"), { nodes: NODES, edges: EDGES }, DRAWING.options);
const HIDDEN = /** @type {Set<string>} ids of nodes; of lines, behind a blank */ (new Set());
const VIEW = { rows: AT_ONCE, moving: false, moved: false, named: /** @type {Set<string>} */ (new Set()), hovered: "" };

/** A colour of the style sheet, as the reader's palette has it. @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Whether a line keeps its label: those of the first picture do, unless there are too many lines. @param {any} edge */
function labelled(edge) {
  return VIEW.named.has(edge.id) || (!DRAWING.large && FIRST.has(edge.from) && FIRST.has(edge.to));
}

/** @param {string} id of a line @returns {boolean} whether the legend lets it be seen */
function lineShown(id) {
  return /** @type {Line} */ (LINES.get(id)).claims.some((index) => claimShown(CLAIMS[index]));
}

/** Nodes and edges in the page's language and palette, where they stand now; pyvis gave them everything else. */
function dress() {
  const ink = Object.fromEntries(["ink", "paper", "node", "quote", "stroke", "proposed", "doubtful", "intended", ...DATA.kinds]
    .map((name) => [name, colour(name)]));
  const fresh = !NODES.length;
  HIDDEN.clear();
  const nodes = DRAWING.nodes.map((/** @type {any} */ node) => {
    const look = {
      id: node.id,
      label: node.labels[STATE.lang],
      hidden: !entityShown(node.id),
      color: { border: ink[node.kind], background: ink.node, highlight: { border: ink[node.kind], background: ink.quote }, hover: { border: ink[node.kind], background: ink.quote } },
      font: { color: ink[node.kind] },
    };
    if (look.hidden) HIDDEN.add(node.id);
    return fresh ? { ...node, ...look } : look;
  });
  const edges = DRAWING.edges.map((/** @type {any} */ edge) => {
    const stroke = ink[edge.style] || ink.stroke;
    const near = FIRST.has(edge.from) && FIRST.has(edge.to);
    const look = {
      id: edge.id,
      ...(labelled(edge) ? { label: edge.labels[STATE.lang] } : {}),
      hidden: !lineShown(edge.id),
      color: { color: stroke, highlight: stroke, hover: stroke, inherit: false, opacity: (edge.dim ? 0.5 : 1) * (near ? 1 : DRAWING.large ? 0.28 : 0.4) },
      width: near || !DRAWING.large ? 1.3 : 0.8,
      font: { color: ink.ink, strokeColor: ink.paper, strokeWidth: 4 },
    };
    if (look.hidden) HIDDEN.add(` ${edge.id}`);
    return fresh ? { ...edge, ...look } : look;
  });
  NODES.update(nodes);
  EDGES.update(edges);
}

/** Hide what the legend hides, and show the rest; only what changes is touched, as there may be thousands. */
function hide() {
  /** @param {string} key @param {boolean} hidden @returns {boolean} whether that is news */
  const news = (key, hidden) => {
    if (HIDDEN.has(key) === hidden) return false;
    HIDDEN[hidden ? "add" : "delete"](key);
    return true;
  };
  const look = (/** @type {string} */ id, /** @type {string} */ key) => ({ id, hidden: HIDDEN.has(key) });
  const nodes = DRAWING.nodes.filter((/** @type {any} */ { id }) => news(id, !entityShown(id)));
  const edges = DRAWING.edges.filter((/** @type {any} */ { id }) => news(` ${id}`, !lineShown(id)));
  if (nodes.length) NODES.update(nodes.map((/** @type {any} */ { id }) => look(id, id)));
  if (edges.length) EDGES.update(edges.map((/** @type {any} */ { id }) => look(id, ` ${id}`)));
}

/** Give what is chosen and what the pointer is on its labels, and take them from others that have none of their own. */
function nameLines() {
  const before = VIEW.named;
  VIEW.named = new Set([...linesOf(STATE.choice).map((line) => line.id), VIEW.hovered].filter(Boolean));
  const changed = DRAWING.edges.filter((/** @type {any} */ edge) => before.has(edge.id) !== VIEW.named.has(edge.id));
  EDGES.update(changed.map((/** @type {any} */ edge) => ({ id: edge.id, label: labelled(edge) ? edge.labels[STATE.lang] : " " }))); // none at all would leave the old one
}

/** @param {Choice|null} choice @returns {Line[]} the lines that it stands for, or that lead to it */
function linesOf(choice) {
  if (!choice) return [];
  const index = choice.kind === "claim" ? claimIndex(choice.id) : -1;
  return [...LINES.values()].filter((line) =>
    choice.kind === "node" ? line.s === choice.id || line.o === choice.id : line.id === choice.id || line.claims.includes(index));
}

/** Select a node, a line or a claim, and open its evidence. @param {Choice|null} choice @param {boolean} [quiet] @param {boolean} [still] */
function choose(choice, quiet, still) {
  STATE.choice = choice;
  fillPanel(choice, !quiet);
  mark();
  if (!quiet) remember();
  if (choice && !still) reveal(choice);
}

/** Show what is chosen. */
function mark() {
  const choice = STATE.choice;
  const lines = linesOf(choice);
  nameLines();
  const nodes = choice && choice.kind === "node" && NODES.get(choice.id) ? [choice.id] : [];
  BOARD.setSelection({ nodes, edges: lines.map((line) => line.id) }, { highlightEdges: false });
}

/** Take up the room that there is now, at once rather than when the browser comes to tell. */
function fill() {
  BOARD.setSize("100%", "100%");
  BOARD.redraw();
}

/** Bring what is chosen into view, near enough to be read. @param {Choice} choice */
function reveal(choice) {
  const entity = choice.kind === "node" ? ENTITIES.get(choice.id) : null;
  const ids = entity ? [entity.drawn ? choice.id : entity.host || ""] : linesOf(choice).flatMap((line) => [line.s, line.o]);
  const places = Object.values(BOARD.getPositions(ids.filter((id) => NODES.get(id))));
  if (!places.length) return;
  fill();
  const frame = at("network").getBoundingClientRect();
  const spots = places.map((place) => BOARD.canvasToDOM(place));
  const seen = spots.every(({ x, y }) => x > 20 && y > 20 && x < frame.width - 20 && y < frame.height - 20);
  if (seen && BOARD.getScale() >= READ) return;
  const middle = { x: 0, y: 0 };
  for (const place of places) {
    middle.x += place.x / places.length;
    middle.y += place.y / places.length;
  }
  const reach = Math.max(...places.map((place) => Math.max(Math.abs(place.x - middle.x) / frame.width, Math.abs(place.y - middle.y) / frame.height)));
  BOARD.moveTo({ position: middle, scale: Math.min(Math.max(BOARD.getScale(), READ * 1.6), reach ? 0.4 / reach : 9) });
}

/** The same nodes and lines as a list, for the keyboard and for screen readers: a canvas has none. */
function fillThings() {
  const nodes = DRAWING.nodes.filter((/** @type {any} */ node) => entityShown(node.id));
  const lines = [...LINES.keys()].filter(lineShown);
  const rows = [];
  for (const node of nodes.slice(0, VIEW.rows)) rows.push(make("li", "", link(node.id)));
  for (const id of lines.slice(0, Math.max(0, VIEW.rows - nodes.length))) {
    const line = /** @type {Line} */ (LINES.get(id));
    rows.push(make("li", "", button(sentenceText(CLAIMS[line.claims[0]]), () => choose({ kind: "line", id }))));
  }
  const left = nodes.length + lines.length - rows.length;
  if (left) rows.push(make("li", "", button(word("network-more", { count: left }), () => {
    const had = VIEW.rows;
    VIEW.rows += AT_ONCE;
    fillThings();
    const next = at("things").querySelectorAll("button")[had];
    if (next) next.focus();
  }, "more")));
  at("things").replaceChildren(...rows);
}

/** What follows when the legend has changed. */
function filtered() {
  at("reset").hidden = nothingOff();
  hide();
  fillThings();
  mark();
  remember();
}

/** Write the whole state behind the #. */
function remember() {
  const parts = new URLSearchParams();
  if (STATE.lang !== DATA.lang) parts.set("lang", STATE.lang);
  if (STATE.choice) {
    const line = STATE.choice.kind === "line" ? LINES.get(STATE.choice.id) : null;
    // a line's number changes with the data: its first claim does not
    parts.set(line ? "claim" : STATE.choice.kind, line ? claimId(line.claims[0]) : STATE.choice.id);
  }
  for (const [group, off] of Object.entries(OFF)) if (off.size) parts.set(`no-${group}`, [...off].sort().join(","));
  history.replaceState(null, "", `#${parts}`);
}

/** Read the state from behind the #. */
function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const lang = parts.get("lang");
  STATE.lang = lang === "ja" || lang === "en" ? lang : DATA.lang;
  for (const [group, off] of Object.entries(OFF)) {
    off.clear();
    const names = parts.get(`no-${group}`);
    if (names !== null) names.split(",").forEach((name) => { if (group !== "mark" || name in MARKS) off.add(name); });
  }
  STATE.choice = null;
  for (const kind of /** @type {Array<"node"|"claim">} */ (["node", "claim"])) {
    const id = parts.get(kind);
    if (id) STATE.choice = { kind, id };
  }
  const opening = !NODES.length;
  refresh();
  fill();
  if (opening && FIRST.size) BOARD.fit({ nodes: DRAWING.first });
  if (STATE.choice) reveal(STATE.choice);
}

/** Everything anew, in the page's language. */
function refresh() {
  document.documentElement.lang = STATE.lang;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tongue"))) one.hidden = one.lang !== STATE.lang;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    const text = word(String(one.dataset.word));
    if (one === SEARCH) one.setAttribute("placeholder", text);
    if (one.tagName === "BUTTON" || one.tagName === "SUMMARY") one.textContent = text;
    else one.setAttribute("aria-label", text);
  }
  at("language").lang = STATE.lang === "ja" ? "en" : "ja";
  at("drawn").textContent = word("network-drawn", { nodes: DRAWING.nodes.length, entities: DATA.entities.length, lines: DRAWING.edges.length });
  fillLegend();
  dress();
  fillThings();
  choose(STATE.choice, true, true);
}

/** Let the nodes find their own places, or stay where they are now. @param {boolean} on */
function move(on) {
  VIEW.moving = on;
  VIEW.moved = VIEW.moved || on;
  const button = at("physics");
  button.dataset.word = on ? "physics-off" : "physics";
  button.textContent = word(button.dataset.word);
  button.setAttribute("aria-pressed", String(on));
  document.documentElement.dataset.physics = on ? "moving" : "off";
  BOARD.setOptions({ physics: { ...DRAWING.physics, enabled: on } });
  if (on) BOARD.startSimulation();
}

BOARD.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ink) => {
  if (VIEW.moved) return; // the panels are around nobody now
  ink.font = "700 17px sans-serif";
  ink.textAlign = "left";
  for (const { theme, titles, box } of DRAWING.frames) {
    if (OFF.theme.has(theme)) continue;
    ink.fillStyle = colour("frame");
    ink.strokeStyle = colour("edge");
    ink.fillRect(box[0], box[1], box[2], box[3]);
    ink.strokeRect(box[0], box[1], box[2], box[3]);
    ink.fillStyle = colour("soft");
    ink.fillText(say(titles), box[0] + 10, box[1] + 22);
  }
});
BOARD.on("click", (/** @type {{nodes: string[], edges: string[]}} */ event) => {
  if (event.nodes.length) choose({ kind: "node", id: event.nodes[0] }, false, true);
  else if (event.edges.length) choose({ kind: "line", id: event.edges[0] }, false, true);
  else choose(null);
});
BOARD.on("hoverEdge", (/** @type {{edge: string}} */ event) => { VIEW.hovered = event.edge; nameLines(); });
BOARD.on("blurEdge", () => { VIEW.hovered = ""; nameLines(); });
BOARD.on("stabilized", () => { if (VIEW.moving) document.documentElement.dataset.physics = "settled"; });
at("physics").addEventListener("click", () => move(!VIEW.moving));
at("zoom-fit").addEventListener("click", () => BOARD.fit());
at("zoom-first").addEventListener("click", () => BOARD.fit({ nodes: DRAWING.first }));
at("language").addEventListener("click", () => {
  STATE.lang = STATE.lang === "ja" ? "en" : "ja";
  refresh();
  remember();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && STATE.choice && event.target !== SEARCH) choose(null);
  else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    SEARCH.focus();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
window.addEventListener("hashchange", recall);
if (matchMedia("(max-width: 900px)").matches) /** @type {HTMLDetailsElement} */ (at("legend")).open = false;
for (const box of /** @type {NodeListOf<HTMLElement>} */ (at("network").querySelectorAll("[tabindex]"))) box.tabIndex = -1; // the list is there for the keyboard
recall();
BOARD.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
BOARD.redraw();
