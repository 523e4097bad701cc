// What is chosen: marked in the picture, brought into view.

const PICTURE = at("picture");
const SHEETS = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".sheet")]);
const VIEW = { list: false, rows: ROWS, sort: "", scale: 0, left: /** @type {HTMLElement|SVGElement|null} */ (null) };

/** The picture in the page's language. */
function sheet() {
  return SHEETS.find((one) => one.lang === STATE.lang) || SHEETS[0];
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

/** The nodes and lines that a choice lights up. @param {Choice|null} choice */
function lit(choice) {
  const nodes = new Set(), lines = new Set(), near = new Set();
  if (!choice) return { nodes, lines, near };
  if (choice.kind === "node") {
    const entity = ENTITIES.get(choice.id);
    const id = entity && !entity.drawn && entity.host ? entity.host : choice.id;
    nodes.add(id);
    for (const line of LINES.values()) {
      if (line.s === id || line.o === id) {
        lines.add(line.id);
        near.add(line.s).add(line.o);
      }
    }
    for (const index of ABOUT.get(choice.id) || []) near.add(CLAIMS[index].s).add(CLAIMS[index].o || "");
  } else {
    const index = choice.kind === "claim" ? claimIndex(choice.id) : -1;
    for (const line of LINES.values()) {
      if (line.id === choice.id || line.claims.includes(index)) {
        lines.add(line.id);
        nodes.add(line.s).add(line.o);
      }
    }
    if (!lines.size && index >= 0) nodes.add(CLAIMS[index].s).add(CLAIMS[index].o || "");
  }
  return { nodes, lines, near };
}

/** Show in picture and list what is chosen and what is filtered out. */
function mark() {
  const { nodes, lines, near } = lit(STATE.choice);
  for (const one of SHEETS) {
    const found = [...one.querySelectorAll(".node")].some((node) => nodes.has(/** @type {SVGElement} */ (node).dataset.node));
    /** @type {SVGElement} */ (one.querySelector("svg")).classList.toggle("picked", found);
    for (const node of /** @type {NodeListOf<SVGElement>} */ (one.querySelectorAll(".node"))) {
      const id = String(node.dataset.node);
      node.classList.toggle("on", nodes.has(id));
      node.classList.toggle("picked-one", nodes.has(id) && nodes.size === 1);
      node.classList.toggle("near", near.has(id));
      node.toggleAttribute("hidden", !entityShown(id));
    }
    for (const line of /** @type {NodeListOf<SVGElement>} */ (one.querySelectorAll(".line"))) {
      const id = String(line.dataset.line);
      const ends = /** @type {Line} */ (LINES.get(id));
      line.classList.toggle("on", lines.has(id));
      line.toggleAttribute("hidden", !ends.claims.some((index) => claimShown(CLAIMS[index])));
    }
    for (const frame of /** @type {NodeListOf<SVGElement>} */ (one.querySelectorAll(".frame"))) {
      frame.toggleAttribute("hidden", OFF.theme.has(String(frame.dataset.theme)));
    }
  }
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#list tbody tr"))) {
    row.classList.toggle("on", STATE.choice !== null && row.dataset.claim === STATE.choice.id);
  }
}

/** Bring what is chosen into view. */
function reveal() {
  const one = sheet();
  const target = one && [".node.picked-one", ".line.on", ".node.on"].map((look) => one.querySelector(`${look}:not([hidden])`))
    .find(Boolean);
  if (!target || VIEW.list) return;
  const box = target.getBoundingClientRect(), frame = PICTURE.getBoundingClientRect();
  const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  if (inside) return;
  PICTURE.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  PICTURE.scrollTop += box.top + box.height / 2 - frame.top - frame.height / 2;
}

// A line is thin: what can be hit is a wider stroke under it.
for (const stroke of /** @type {NodeListOf<SVGPathElement>} */ (document.querySelectorAll(".sheet .stroke"))) {
  const hit = /** @type {SVGPathElement} */ (stroke.cloneNode());
  hit.setAttribute("class", "hit");
  stroke.before(hit);
}

/** @param {EventTarget|null} target @returns {Choice|null} */
function choiceAt(target) {
  const element = target instanceof Element ? /** @type {SVGElement|null} */ (target.closest("[data-node], [data-line]")) : null;
  if (!element) return null;
  return element.dataset.node !== undefined
    ? { kind: "node", id: element.dataset.node } : { kind: "line", id: String(element.dataset.line) };
}

PICTURE.addEventListener("click", (event) => {
  if (held && held.moved) return;
  const choice = choiceAt(event.target);
  if (choice) {
    const element = /** @type {SVGElement} */ (/** @type {Element} */ (event.target).closest("[tabindex]"));
    element.focus({ preventScroll: true });
    choose(choice);
  } else if (STATE.choice && event.target instanceof Element && event.target.closest(".sheet")) choose(null);
});
PICTURE.addEventListener("keydown", (event) => {
  const choice = choiceAt(event.target);
  if (choice && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    choose(choice);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && STATE.choice && event.target !== SEARCH) choose(null);
  else if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    SEARCH.focus();
  }
});
