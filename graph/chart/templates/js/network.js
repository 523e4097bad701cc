// network.html: a vis-network from pyvis's nodes, edges and options, with the evidence panel of chart.html.
// After base.js, panel.js, search.js and vis-network.min.js.

/**
 * @typedef {{id: string, kind: string, labels: Words, font: object}} NetworkNode
 * @typedef {{id: string, style: string, labels: Words, font: object}} NetworkEdge
 * @typedef {{nodes: NetworkNode[], edges: NetworkEdge[], options: object, frames: Array<{titles: Words, box: number[]}>}} Drawing
 */

/** @type {Drawing} */
const DRAWING = JSON.parse(at("drawing").textContent || "{}");
const SEARCH = /** @type {HTMLInputElement} */ (at("search"));
const NETWORK = at("network");

/** A colour of the style sheet, as the reader's palette has it. @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Nodes and edges in the page's language and palette; pyvis gave them everything else. */
function dressed() {
  const nodes = DRAWING.nodes.map((node) => ({
    ...node,
    label: node.labels[STATE.lang],
    color: { border: colour(node.kind), background: colour("node"), highlight: { border: colour(node.kind), background: colour("quote") } },
    font: { ...node.font, color: colour(node.kind) },
  }));
  const edges = DRAWING.edges.map((edge) => {
    const ink = colour(/proposed|doubtful|intended/.test(edge.style) ? edge.style : "stroke");
    return {
      ...edge,
      label: edge.labels[STATE.lang],
      color: { color: ink, highlight: ink, hover: ink },
      font: { ...edge.font, color: colour("ink"), strokeColor: colour("paper"), strokeWidth: 4 },
    };
  });
  return { nodes, edges };
}

const BOARD = new vis.Network(NETWORK, { nodes: [], edges: [] }, DRAWING.options);

/** @param {Choice|null} choice @param {boolean} [quiet] */
function choose(choice, quiet) {
  STATE.choice = choice;
  fillPanel(choice, !quiet);
  const index = choice && choice.kind === "claim" ? claimIndex(choice.id) : -1;
  const lines = [...LINES.values()].filter((line) => choice && (line.id === choice.id || line.claims.includes(index)));
  const nodes = choice && choice.kind === "node" && (ENTITIES.get(choice.id) || {}).drawn ? [choice.id] : [];
  BOARD.setSelection({ nodes, edges: lines.map((line) => line.id) }, { highlightEdges: choice !== null && choice.kind === "node" });
  if (!quiet) {
    const parts = new URLSearchParams();
    if (STATE.lang !== DATA.lang) parts.set("lang", STATE.lang);
    if (choice) {
      const line = choice.kind === "line" ? LINES.get(choice.id) : null;
      parts.set(line ? "claim" : choice.kind, line ? claimId(line.claims[0]) : choice.id);
    }
    history.replaceState(null, "", `#${parts}`);
  }
}

/** The same nodes and lines as a list, for the keyboard and for screen readers: a canvas has none. */
function fillThings() {
  const rows = [];
  for (const node of DRAWING.nodes) rows.push(make("li", "", link(node.id)));
  for (const line of LINES.values()) {
    const text = sentenceText(CLAIMS[line.claims[0]]);
    rows.push(make("li", "", button(text, () => choose({ kind: "line", id: line.id }))));
  }
  at("things").replaceChildren(...rows);
}

/** Everything anew, in the page's language. */
function refresh() {
  document.documentElement.lang = STATE.lang;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tongue"))) one.hidden = one.lang !== STATE.lang;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    const text = word(String(one.dataset.word));
    one.setAttribute(one === SEARCH ? "placeholder" : "aria-label", text);
    one.setAttribute("aria-label", text);
    if (one.tagName === "BUTTON") one.textContent = text;
  }
  const names = DATA.entities.map((entity) => {
    const option = /** @type {HTMLOptionElement} */ (make("option"));
    option.value = say(entity.name);
    return option;
  });
  at("names").replaceChildren(...names);
  BOARD.setData(dressed());
  fillThings();
  choose(STATE.choice, true);
}

function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const lang = parts.get("lang");
  STATE.lang = lang === "ja" || lang === "en" ? lang : DATA.lang;
  STATE.choice = null;
  for (const kind of /** @type {Array<"node"|"claim"|"source">} */ (["node", "claim", "source"])) {
    const id = parts.get(kind);
    if (id) STATE.choice = { kind, id };
  }
  refresh();
}

BOARD.on("beforeDrawing", (ink) => {
  ink.font = "700 17px sans-serif";
  for (const { titles, box } of DRAWING.frames) {
    ink.fillStyle = colour("frame");
    ink.strokeStyle = colour("edge");
    ink.fillRect(box[0], box[1], box[2], box[3]);
    ink.strokeRect(box[0], box[1], box[2], box[3]);
    ink.fillStyle = colour("soft");
    ink.fillText(say(titles), box[0] + 10, box[1] + 22);
  }
});
BOARD.on("click", (event) => {
  if (event.nodes.length) choose({ kind: "node", id: event.nodes[0] });
  else if (event.edges.length) choose({ kind: "line", id: event.edges[0] });
  else choose(null);
});
SEARCH.addEventListener("change", () => {
  const [found] = search(SEARCH.value);
  if (found) choose({ kind: "node", id: found });
});
at("zoom-fit").addEventListener("click", () => BOARD.fit());
at("language").addEventListener("click", () => {
  STATE.lang = STATE.lang === "ja" ? "en" : "ja";
  refresh();
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
window.addEventListener("hashchange", recall);
recall();
BOARD.fit();
document.documentElement.dataset.ready = "yes";
