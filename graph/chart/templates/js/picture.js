// What is chosen: marked in the picture, brought into view.

const PICTURE = at("picture");
const SHEETS = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".sheet.tongue")]);
const VIEW = { rows: ROWS, sort: "", down: false, scale: 0, pressed: "", left: /** @type {HTMLElement|SVGElement|null} */ (null) };

/** The picture that is seen: the page's own, or the first one in the page's language. */
function sheet() {
  return drawsItself() ? OWN_SHEET : SHEETS.find((one) => one.lang === STATE.lang) || SHEETS[0];
}

/** Select a node, a line or a claim, and open its evidence. @param {Choice|null} choice @param {boolean} [quiet] */
function choose(choice, quiet) {
  const before = document.activeElement;
  if (choice && before && PICTURE.contains(before)) VIEW.left = /** @type {SVGElement} */ (before);
  STATE.choice = choice;
  fillPanel(choice, !quiet);
  mark();
  if (!quiet) remember();
  if (choice) reveal();
  else if (!quiet && VIEW.left && VIEW.left.isConnected) VIEW.left.focus();
}

/**
 * What is lit up: the nodes and claims of the choice, or of a story's step; and who stands near.
 * @returns {{nodes: Set<string>, claims: Set<number>, near: Set<string>}}
 */
function lit() {
  const { choice } = STATE;
  const step = stepNow();
  if (step) {
    const { nodes, claims } = shownBy(step);
    const chosen = choice && choice.kind === "claim" ? claimIndex(choice.id) : -1;
    if (chosen >= 0) claims.add(chosen);
    return { nodes, claims, near: new Set(choice && choice.kind === "node" ? [choice.id] : []) };
  }
  if (!choice) return { nodes: new Set(), claims: new Set(), near: new Set() };
  const nodes = new Set(), near = new Set();
  if (choice.kind === "node") {
    const entity = ENTITIES.get(choice.id);
    const seen = sheet() && [...sheet().querySelectorAll(".node")].some((node) => /** @type {SVGElement} */ (node).dataset.node === choice.id);
    const id = entity && !seen && entity.host ? entity.host : choice.id;
    nodes.add(id);
    const claims = new Set(TIES.get(id) || []);
    for (const index of [...claims, ...(ABOUT.get(choice.id) || [])]) near.add(CLAIMS[index].s).add(CLAIMS[index].o || "");
    return { nodes, claims, near };
  }
  if (choice.kind === "source") {
    const told = CLAIMS.map((_, index) => index).filter((index) => CLAIMS[index].source === choice.id);
    for (const index of told) near.add(CLAIMS[index].s).add(CLAIMS[index].o || "");
    return { nodes, claims: new Set(told), near };
  }
  const index = choice.kind === "claim" ? claimIndex(choice.id) : -1;
  const line = choice.kind === "line" ? LINES.get(choice.id) : null;
  const claims = new Set(line ? line.claims : index >= 0 ? [index] : []);
  for (const one of claims) nodes.add(CLAIMS[one].s).add(CLAIMS[one].o || "");
  return { nodes, claims, near };
}

/** Show in picture, list and timeline what is chosen and what is filtered out. */
function mark() {
  const { nodes, claims, near } = lit();
  for (const one of sheet() ? [sheet()] : []) {
    const svg = one.querySelector("svg");
    if (!svg) continue;
    const found = [...svg.querySelectorAll(".node")].some((node) => nodes.has(String(/** @type {SVGElement} */ (node).dataset.node)));
    svg.classList.toggle("picked", found || (STATE.choice !== null && STATE.choice.kind === "source"));
    for (const node of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll(".node"))) {
      const id = String(node.dataset.node);
      node.classList.toggle("on", nodes.has(id));
      node.classList.toggle("picked-one", nodes.has(id) && nodes.size === 1);
      node.classList.toggle("near", near.has(id));
      node.classList.toggle("kept", STATE.kept.has(id));
      node.toggleAttribute("hidden", !entityShown(id) || STATE.gone.has(id));
    }
    for (const line of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll(".line"))) {
      const ends = /** @type {Line} */ (LINES.get(String(line.dataset.line)));
      const on = ends.claims.some((index) => claims.has(index));
      line.classList.toggle("on", on);
      const seen = ends.claims.filter((index) => claimShown(CLAIMS[index]));
      line.toggleAttribute("hidden", (!seen.length && !line.classList.contains("own")) || STATE.gone.has(ends.s) || STATE.gone.has(ends.o));
      const when = STATE.at;
      line.classList.toggle("maybe", Boolean(when) && seen.every((index) => holds(CLAIMS[index], String(when)) === "maybe"));
    }
    for (const frame of /** @type {NodeListOf<SVGElement>} */ (svg.querySelectorAll(".frame"))) {
      frame.toggleAttribute("hidden", OFF.theme.has(String(frame.dataset.theme)));
    }
  }
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#list tbody tr, .moment"))) {
    row.classList.toggle("on", STATE.choice !== null && row.dataset.claim === STATE.choice.id);
  }
}

/** Bring what is chosen into view. */
function reveal() {
  const one = sheet();
  const found = one && (STATE.story ? [".node.on"] : [".node.picked-one", ".line.on", ".node.on"])
    .map((look) => [...one.querySelectorAll(`${look}:not([hidden])`)]).find((all) => all.length);
  if (!found || STATE.view !== "picture") return;
  const frame = PICTURE.getBoundingClientRect();
  const box = found[0].getBoundingClientRect();
  for (const { left, right, top, bottom } of STATE.story ? found.map((other) => other.getBoundingClientRect()) : []) { // all that fits
    const x = Math.min(box.left, left), y = Math.min(box.top, top), w = Math.max(box.right, right) - x, h = Math.max(box.bottom, bottom) - y;
    if (w < frame.width && h < frame.height) Object.assign(box, { x, y, width: w, height: h });
  }
  const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  if (inside) return;
  PICTURE.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  PICTURE.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
}

/** Take a picture out of its wrapping when it is first seen, and put under each thin line a wider one that can be hit. @param {HTMLElement} one */
function unpack(one) {
  const wrapped = one.querySelector("template");
  if (wrapped) one.replaceChildren(wrapped.content);
  if (one.querySelector(".hit")) return;
  for (const stroke of /** @type {NodeListOf<SVGPathElement>} */ (one.querySelectorAll(".stroke"))) {
    const hit = /** @type {SVGPathElement} */ (stroke.cloneNode());
    hit.setAttribute("class", "hit");
    stroke.before(hit);
  }
}

/** @param {EventTarget|null} target @returns {Choice|null} */
function choiceAt(target) {
  const element = target instanceof Element ? /** @type {SVGElement|null} */ (target.closest("[data-node], [data-line]")) : null;
  if (!element) return null;
  return element.dataset.node !== undefined
    ? { kind: "node", id: element.dataset.node } : { kind: "line", id: String(element.dataset.line) };
}

/** Draw the lines between two apart that were drawn as one. @param {string} pair */
function spread(pair) {
  OWN.spread.add(pair);
  drawScene();
}

// The first click of two opens the panel, and the picture moves: the second means what the first was on.
document.addEventListener("click", (event) => { if (event.detail < 2) VIEW.pressed = ""; }, true);
document.addEventListener("dblclick", () => { if (VIEW.pressed) lookAround(VIEW.pressed); });
PICTURE.addEventListener("click", (event) => {
  if ((held && held.moved) || event.detail > 1) return;
  const choice = choiceAt(event.target);
  VIEW.pressed = choice && choice.kind === "node" ? choice.id : "";
  if (choice) {
    const bundle = event.target instanceof Element && /** @type {SVGElement|null} */ (event.target.closest("[data-pair]"));
    if (bundle) spread(String(bundle.dataset.pair));
    const element = /** @type {SVGElement} */ (/** @type {Element} */ (event.target).closest("[tabindex]"));
    if (element.isConnected) element.focus({ preventScroll: true });
    choose(choice);
  } else if (STATE.choice && event.target instanceof Element && event.target.closest(".sheet")) choose(null);
});
PICTURE.addEventListener("keydown", (event) => {
  const choice = choiceAt(event.target);
  if (!choice) return;
  const keys = /** @type {Object<string, (id: string) => void>} */ ({ n: lookAround, e: unfold, h: (id) => toggle(id, "gone"), k: (id) => toggle(id, "kept") });
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    const { pair } = /** @type {SVGElement} */ (event.target).dataset;
    if (pair) spread(pair);
    choose(choice);
  } else if (choice.kind === "node" && keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    keys[event.key](choice.id);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && STATE.choice && event.target !== SEARCH) choose(null);
  else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    SEARCH.focus();
  }
});
