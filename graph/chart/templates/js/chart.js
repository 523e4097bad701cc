// The page put together: its address, which holds the whole state, what can be undone, and its languages.

const VIEWS = /** @type {Array<"picture"|"list"|"time"|"analysis">} */ (["picture", "list", "time", "analysis"]);
const MANY = 600; // entities from which on a page opens on its search
const DEPTH = { now: 0, most: 0 };

/** Change the state, draw it, and keep it in the address. @param {Partial<State>} change */
function go(change) {
  const choice = STATE.choice;
  Object.assign(STATE, change);
  if (choice !== STATE.choice) fillPanel(STATE.choice, false); // first, for it takes room from the picture
  redraw(true);
  mark();
  remember();
}

/** Everything that the state changes, but for the panel. @param {boolean} [fit] whether a new picture is seen as a whole */
function redraw(fit) {
  const before = SCENE.key;
  fillStory(); // first, as the strips: they take room from the picture
  fillRoute();
  fillWhen();
  drawScene();
  fillNear();
  fillList();
  fillTimeline();
  fillAnalysis();
  for (const view of VIEWS) at(`show-${view}`).setAttribute("aria-pressed", String(STATE.view === view));
  PICTURE.hidden = at("zoom").hidden = STATE.view !== "picture";
  at("list").hidden = STATE.view !== "list";
  at("timeline").hidden = STATE.view !== "time";
  at("analysis").hidden = STATE.view !== "analysis";
  for (const [id, on] of /** @type {Array<[string, boolean]>} */ ([["tool-route", Boolean(STATE.route)], ["tool-when", STATE.at !== null],
    ["tool-central", STATE.central], ["tool-story", Boolean(STATE.story)]])) at(id).setAttribute("aria-pressed", String(on));
  if (VIEW.scale && ((fit && before !== SCENE.key && drawsItself()) || before === "")) zoom(fitting());
  else if (VIEW.scale) zoom(VIEW.scale);
  mark();
  if (STATE.story && before !== SCENE.key) reveal();
}

/** The state as it stands behind the #. */
function addressed() {
  const parts = new URLSearchParams();
  /** @param {string} name @param {string|Iterable<string>|false|null|undefined} value */
  const set = (name, value) => {
    const text = typeof value === "string" || !value ? value : [...value].sort().join(",");
    if (text) parts.set(name, text);
  };
  set("lang", STATE.lang !== DATA.lang && STATE.lang);
  set("view", STATE.view !== "picture" && STATE.view);
  set("only", STATE.only);
  set("near", STATE.near);
  for (const name of /** @type {Array<"kept"|"gone"|"open">} */ (["kept", "gone", "open"])) set(name, STATE[name]);
  set("central", STATE.central && "yes");
  if (STATE.at !== null) set("at", STATE.at || "any");
  set("undated", !STATE.undated && "no");
  if (STATE.route) {
    parts.set("from", STATE.route.from);
    parts.set("to", STATE.route.to);
    if (STATE.route.nth !== null) parts.set("nth", String(STATE.route.nth + 1));
  }
  if (STATE.story) parts.set("story", `${STATE.story.id}.${STATE.story.step}`);
  if (STATE.choice) {
    const { kind, id } = STATE.choice;
    const line = kind === "line" ? LINES.get(id) : null;
    // a line's number changes with the data: its first claim does not
    if (line) parts.set("line", claimId(line.claims[0]));
    else parts.set(kind, id);
  }
  for (const [group, off] of Object.entries(OFF)) if (off.size) parts.set(`no-${group}`, [...off].sort().join(","));
  return parts.toString();
}

/** Write the whole state behind the #, as something that can be undone. */
function remember() {
  const hash = addressed();
  if (hash === location.hash.slice(1)) return;
  DEPTH.now += 1;
  DEPTH.most = DEPTH.now;
  history.pushState({ depth: DEPTH.now }, "", hash ? `#${hash}` : location.pathname + location.search);
  fillUndo();
}

function fillUndo() {
  /** @type {HTMLButtonElement} */ (at("undo")).disabled = DEPTH.now < 1;
  /** @type {HTMLButtonElement} */ (at("redo")).disabled = DEPTH.now >= DEPTH.most;
}

/** Read the state from behind the #; what means nothing here is passed over. */
function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const list = (/** @type {string} */ name) => (parts.get(name) || "").split(",").filter((id) => ENTITIES.has(id));
  const lang = parts.get("lang"), at = parts.get("at"), view = parts.get("view");
  STATE.lang = lang === "ja" || lang === "en" ? lang : DATA.lang;
  for (const [group, off] of Object.entries(OFF)) {
    off.clear();
    const names = parts.get(`no-${group}`);
    if (names !== null) names.split(",").forEach((name) => off.add(name));
  }
  STATE.view = VIEWS.find((one) => one === view) || "picture";
  STATE.only = SOURCES.has(parts.get("only") || "") ? String(parts.get("only")) : "";
  STATE.near = list("near");
  STATE.kept = new Set(list("kept"));
  STATE.gone = new Set(list("gone"));
  STATE.open = new Set(list("open"));
  STATE.central = parts.has("central") && Boolean(DATA.central);
  STATE.at = at === null ? null : /^\d{4}(-\d\d(-\d\d)?)?$/.test(at) ? at : "";
  STATE.undated = parts.get("undated") !== "no";
  STATE.route = parts.has("from") || parts.has("to") ? { from: list("from")[0] || "", to: list("to")[0] || "", nth: Number(parts.get("nth")) ? Number(parts.get("nth")) - 1 : null } : null;
  const told = (parts.get("story") || "").match(/^(.+)\.(\d+)$/);
  STATE.story = told && STORIES.some((one) => one.id === told[1]) ? { id: told[1], step: Number(told[2]) } : null;
  STATE.choice = null;
  for (const kind of /** @type {Array<"node"|"claim"|"source">} */ (["node", "claim", "source"])) {
    const id = parts.get(kind);
    if (id) STATE.choice = { kind, id };
  }
  const claim = parts.get("line");
  drawScene();
  if (claim) {
    const index = claimIndex(claim);
    const line = [...LINES.values()].find((one) => one.claims.includes(index) && one.id.startsWith("~") === drawsItself());
    STATE.choice = line ? { kind: "line", id: line.id } : { kind: "claim", id: claim };
  }
  refresh();
}

/** Everything anew, in the page's language. */
function refresh() {
  document.documentElement.lang = STATE.lang;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tongue:not(.sheet)"))) {
    one.hidden = one.lang !== STATE.lang;
  }
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    const text = word(String(one.dataset.word));
    one.setAttribute(one === SEARCH ? "placeholder" : "title", text);
    if ((one.tagName === "BUTTON" || one.tagName === "SUMMARY") && !one.classList.contains("sign")) one.textContent = text;
    if (one.tagName !== "SUMMARY" || one.classList.contains("sign")) one.setAttribute("aria-label", text);
  }
  const title = [...document.querySelectorAll("h1 .tongue")].find((one) => /** @type {HTMLElement} */ (one).lang === STATE.lang);
  if (title) document.title = title.textContent || "";
  at("language").lang = STATE.lang === "ja" ? "en" : "ja";
  fillLegend();
  const drawn = DATA.entities.filter((e) => e.drawn).length;
  const told = new Set(DATA.lines.flatMap((line) => line.claims)).size;
  at("drawn").textContent = word("drawn", { nodes: drawn, entities: DATA.entities.length, claims: told, all: CLAIMS.length })
    + (DATA.left ? word("left", { count: DATA.left }) : "");
  fillMenu();
  redraw();
  choose(STATE.choice, true);
}

for (const view of VIEWS) at(`show-${view}`).addEventListener("click", () => { VIEW.rows = ROWS; go({ view }); fillMenu(); });
at("tool-route").addEventListener("click", () => {
  const from = STATE.choice && STATE.choice.kind === "node" ? STATE.choice.id : "";
  go({ route: STATE.route ? null : { from, to: "", nth: null } });
  const [one, other] = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("#route input"));
  if (STATE.route) (from ? other : one).focus();
});
at("tool-when").addEventListener("click", () => go({ at: STATE.at === null ? "" : null }));
at("tool-central").addEventListener("click", () => (STATE.central ? toFirst() : go({ central: true, near: [], route: null, view: "picture" })));
at("tool-story").addEventListener("click", () => {
  const [first] = STORIES;
  go({ story: STATE.story || !first ? null : { id: first.id, step: 1 }, view: "picture", near: [], route: null, central: false, choice: null });
});
at("undo").addEventListener("click", () => history.back());
at("redo").addEventListener("click", () => history.forward());
at("language").addEventListener("click", () => {
  refitted(() => {
    STATE.lang = STATE.lang === "ja" ? "en" : "ja";
    refresh();
  });
  remember();
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  if (event.shiftKey) history.forward();
  else if (DEPTH.now > 0) history.back();
});
window.addEventListener("popstate", (event) => {
  DEPTH.now = event.state && typeof event.state.depth === "number" ? event.state.depth : 0;
  fillUndo();
  refitted(recall);
});
at("tool-story").hidden = !STORIES.length;
at("tool-central").hidden = !DATA.central;
if (matchMedia("(max-width: 900px)").matches) /** @type {HTMLDetailsElement} */ (at("legend")).open = false;
PICTURE.classList.add("waiting"); // its text is set once, at the size at which it is seen
recall();
const opened = STATE.choice;
if (opened) fillPanel(null, false);
zoom(fitting());
PICTURE.classList.remove("waiting");
if (STATE.open.size || STATE.kept.size || STATE.story) { // what is laid over the picture wants to know what is printed there
  SCENE.key = "";
  drawScene();
  mark();
}
if (opened) choose(opened, true);
if (opened && drawsItself()) zoom(fitting());
fillUndo();
let room = PICTURE.clientWidth;
window.addEventListener("resize", () => {
  if (Math.abs(PICTURE.clientWidth - room) > 40) zoom(fitting());
  room = PICTURE.clientWidth;
});
if (DATA.entities.length > MANY && !location.hash) SEARCH.focus();
document.documentElement.dataset.ready = "yes";
