// The page put together: its address, which holds the whole state, and its languages.

/** Write the whole state behind the #. */
function remember() {
  const parts = new URLSearchParams();
  if (STATE.lang !== DATA.lang) parts.set("lang", STATE.lang);
  if (VIEW.list) parts.set("view", "list");
  if (STATE.choice) {
    const { kind, id } = STATE.choice;
    const line = kind === "line" ? LINES.get(id) : null;
    // a line's number changes with the data: its first claim does not
    if (line) parts.set("line", claimId(line.claims[0]));
    else parts.set(kind, id);
  }
  for (const [group, off] of Object.entries(OFF)) if (off.size) parts.set(`no-${group}`, [...off].sort().join(","));
  const hash = parts.toString();
  if (hash !== location.hash.slice(1)) history.pushState(null, "", hash ? `#${hash}` : location.pathname + location.search);
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
  VIEW.list = parts.get("view") === "list";
  STATE.choice = null;
  for (const kind of /** @type {Array<"node"|"claim">} */ (["node", "claim"])) {
    const id = parts.get(kind);
    if (id) STATE.choice = { kind, id };
  }
  const claim = parts.get("line");
  if (claim) {
    const index = claimIndex(claim);
    const line = [...LINES.values()].find((one) => one.claims.includes(index));
    STATE.choice = line ? { kind: "line", id: line.id } : { kind: "claim", id: claim };
  }
  refresh();
}

/** Everything anew, in the page's language. */
function refresh() {
  document.documentElement.lang = STATE.lang;
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".tongue"))) {
    one.hidden = one.lang !== STATE.lang;
  }
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-word]"))) {
    const text = word(String(one.dataset.word));
    one.setAttribute(one === SEARCH ? "placeholder" : "title", text);
    if (one.tagName === "BUTTON" && !/^zoom-(in|out)$/.test(one.id) || one.tagName === "SUMMARY") one.textContent = text;
    if (one.tagName !== "SUMMARY") one.setAttribute("aria-label", text);
  }
  at("language").lang = STATE.lang === "ja" ? "en" : "ja";
  const drawn = DATA.entities.filter((/** @type {Entity} */ e) => e.drawn).length;
  const told = new Set([...LINES.values()].flatMap((line) => line.claims)).size;
  at("drawn").textContent = word("drawn", { nodes: drawn, entities: DATA.entities.length, claims: told, all: CLAIMS.length });
  fillLegend();
  showList(VIEW.list);
  choose(STATE.choice, true);
}

at("show-list").addEventListener("click", () => { showList(true); remember(); });
at("show-picture").addEventListener("click", () => { showList(false); remember(); });
at("language").addEventListener("click", () => {
  refitted(() => {
    STATE.lang = STATE.lang === "ja" ? "en" : "ja";
    refresh();
  });
  remember();
});
window.addEventListener("popstate", () => refitted(recall));
window.addEventListener("hashchange", () => refitted(recall));
if (matchMedia("(max-width: 900px)").matches) /** @type {HTMLDetailsElement} */ (at("legend")).open = false;
recall();
const opened = STATE.choice;
if (opened) fillPanel(null, false);
zoom(fitting());
if (opened) choose(opened, true);
let room = PICTURE.clientWidth;
window.addEventListener("resize", () => {
  if (Math.abs(PICTURE.clientWidth - room) > 40) zoom(fitting());
  room = PICTURE.clientWidth;
});
