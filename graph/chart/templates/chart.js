// The page around the picture: filters, search, list, zoom, languages, keyboard, and the address that holds it all.

/** @template {HTMLElement} T @param {string} id @returns {T} */
function at(id) {
  return /** @type {T} */ (document.getElementById(id));
}

const PICTURE = at("picture");
const SHEETS = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".sheet")]);
/** What is switched off, by the legend's group. @type {Object<string, Set<string>>} */
const OFF = { kind: new Set(), theme: new Set(), stance: new Set(), mark: new Set() };
const ROWS = 400; // of the list at a time
const VIEW = { list: false, rows: ROWS, sort: "", scale: 0, left: /** @type {HTMLElement|SVGElement|null} */ (null) };
const MARKS = /** @type {Object<string, (claim: Claim) => boolean>} */ ({
  negated: (claim) => Boolean(claim.not),
  disputed: (claim) => claim.review === "disputed",
  candidate: (claim) => claim.review === "candidate",
});

/** Whether the legend lets a claim be seen. @param {Claim} claim */
function claimShown(claim) {
  if (OFF.stance.has(claim.stance)) return false;
  for (const mark of OFF.mark) if (MARKS[mark](claim)) return false;
  return entityShown(claim.s) && (!claim.o || entityShown(claim.o));
}

/** @param {string} id */
function entityShown(id) {
  const entity = ENTITIES.get(id);
  return !entity || !(OFF.kind.has(entity.kind) || OFF.theme.has(entity.theme || ""));
}

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

// ---------------------------------------------------------------------------- legend

/** @param {string} group @param {string} id @param {string} label @param {number} count @param {Node|null} sample */
function key(group, id, label, count, sample) {
  const box = /** @type {HTMLInputElement} */ (make("input"));
  box.type = "checkbox";
  box.checked = !OFF[group].has(id);
  box.dataset.key = `${group}.${id}`;
  const text = make("span", box.checked ? "" : "unchecked", data(label));
  box.addEventListener("change", () => {
    OFF[group][box.checked ? "delete" : "add"](id);
    text.className = box.checked ? "" : "unchecked";
    mark();
    fillList();
    remember();
  });
  return make("label", "", box, sample, text, make("small", "", String(count)));
}

/** @param {string} look of a line @param {boolean} struck */
function lineSample(look, struck) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 30 10");
  svg.setAttribute("class", `line ${look}`);
  svg.setAttribute("aria-hidden", "true");
  const shapes = [["stroke", "M0,5H22"], ["head", "M30,5L22,1.5L22,8.5Z"], ...(struck ? [["cross", "M7,1L15,9M7,9L15,1"]] : [])];
  for (const [name, d] of shapes) {
    const path = document.createElementNS(ns, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** The legend: each sign of the picture with how often it occurs; unticked, it is hidden. */
function fillLegend() {
  const rows = [];
  /** @param {string} code @param {Node[]} keys */
  const row = (code, keys) => {
    if (keys.length) rows.push(make("fieldset", "key", make("legend", "", word(code)), ...keys));
  };
  const count = DATA.counts;
  const stances = DATA.stances.filter((/** @type {{id: string}} */ s) => count.stance[s.id]);
  row("stances", [
    ...stances.map((/** @type {{id: string, name: Words, style: string}} */ s) =>
      key("stance", s.id, say(s.name), count.stance[s.id], lineSample(`s-${s.style}`, false))),
    ...(count.mark.negated ? [key("mark", "negated", word("negated"), count.mark.negated, lineSample("s-stated", true))] : []),
    ...(count.mark.disputed ? [key("mark", "disputed", word("disputed") + "？", count.mark.disputed, null)] : []),
    ...(count.mark.candidate ? [key("mark", "candidate", say(REVIEWS.get("candidate").name), count.mark.candidate, lineSample("dim", false))] : []),
    make("small", "", word("marks")),
  ]);
  row("kinds", DATA.kinds.map((/** @type {string} */ id) =>
    key("kind", id, word(`kind-${id}`), count.kind[id], make("span", `swatch k-${id}`))));
  const themes = [...DATA.themes, ...(count.theme[""] ? [{ id: "", name: DATA.words["no-theme"] }] : [])];
  const boxes = themes.filter((theme) => count.theme[theme.id]).map((theme) =>
    key("theme", theme.id, say(theme.name), count.theme[theme.id], null));
  row("themes", [...boxes, make("small", "", word("marks-box"))]);
  const last = rows[rows.length - 1];
  if (last && Object.values(OFF).some((set) => set.size)) last.append(button(word("reset"), showAll));
  at("keys").replaceChildren(...rows);
}

function showAll() {
  for (const set of Object.values(OFF)) set.clear();
  refresh();
  remember();
}

// ---------------------------------------------------------------------------- list

const COLUMNS = /** @type {Array<[string, (claim: Claim) => string]>} */ ([
  ["subject", (claim) => nameOf(claim.s)],
  ["property", (claim) => (claim.not ? "✕ " : "") + (say(DATA.terms[claim.p]) || claim.p)],
  ["object", (claim) => (claim.o ? nameOf(claim.o) : plain(claim.v))],
  ["stance", (claim) => say(STANCES.get(claim.stance).name)],
  ["gist", (claim) => say(claim.gist)],
  ["source", (claim) => say((SOURCES.get(claim.source) || {}).title) || claim.source],
  ["date", (claim) => claim.from || claim.asOf || claim.to || ""],
]);

/** Every statement that the legend lets through, as a table. */
function fillList() {
  const section = at("list");
  if (!VIEW.list) return void section.replaceChildren();
  const shown = CLAIMS.map((_, index) => index).filter((index) => claimShown(CLAIMS[index]));
  const column = COLUMNS.find(([name]) => name === VIEW.sort);
  if (column) {
    const order = new Intl.Collator(STATE.lang);
    shown.sort((a, b) => order.compare(column[1](CLAIMS[a]), column[1](CLAIMS[b])) || a - b);
  }
  const table = make("table", "", make("caption", "", word("list-caption", { shown: shown.length, all: CLAIMS.length })));
  table.append(make("colgroup", "", ...COLUMNS.map(([name]) => make("col", name))));
  const head = make("tr");
  for (const [name] of COLUMNS) {
    const cell = make("th", "", button(word(`column-${name}`), () => {
      VIEW.sort = VIEW.sort === name ? "" : name;
      fillList();
    }));
    cell.setAttribute("scope", "col");
    if (VIEW.sort === name) cell.setAttribute("aria-sort", "ascending");
    head.append(cell);
  }
  const body = make("tbody");
  for (const index of shown.slice(0, VIEW.rows)) body.append(listRow(index));
  table.append(make("thead", "", head), body);
  const left = shown.length - VIEW.rows;
  const more = left > 0 ? button(word("more-rows", { count: left }), () => { VIEW.rows += ROWS; fillList(); }) : "";
  section.replaceChildren(table, more);
  mark();
}

/** @param {number} index */
function listRow(index) {
  const claim = CLAIMS[index];
  const row = make("tr");
  row.dataset.claim = claimId(index);
  for (const [name, text] of COLUMNS) {
    const cell = make("td");
    if (name === "subject") cell.append(link(claim.s));
    else if (name === "object" && claim.o) cell.append(link(claim.o));
    else if (name === "stance") cell.append(badges(claim));
    else if (name === "gist") {
      const open = button(text(claim) || word("open-claim"), () => choose({ kind: "claim", id: claimId(index) }), "name");
      open.setAttribute("aria-label", `${sentenceText(claim)}. ${say(STANCES.get(claim.stance).name)}. ${text(claim)}`);
      cell.append(open);
    } else cell.append(data(text(claim)));
    row.append(cell);
  }
  return row;
}

/** @param {boolean} list */
function showList(list) {
  VIEW.list = list;
  at("list").hidden = !list;
  PICTURE.hidden = list;
  at("zoom").hidden = list;
  at("show-list").setAttribute("aria-pressed", String(list));
  at("show-picture").setAttribute("aria-pressed", String(!list));
  fillList();
}

// ---------------------------------------------------------------------------- search

const SEARCH = /** @type {HTMLInputElement} */ (at("search"));
const FOUND = at("found");
const AT_MOST = 12;

function fillFound() {
  const ids = search(SEARCH.value);
  const rows = ids.slice(0, AT_MOST).map((id, n) => {
    const entity = /** @type {Entity} */ (ENTITIES.get(id));
    const row = make("li", "", data(say(entity.name)), make("small", "", data(say(entity.cls)), entity.drawn ? "" : `・${word("not-drawn")}`));
    row.id = `found-${n}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.addEventListener("mousedown", (event) => event.preventDefault());
    row.addEventListener("click", () => take(id));
    return row;
  });
  if (SEARCH.value.trim() && !ids.length) rows.push(make("li", "plain", word("found-none")));
  if (ids.length > AT_MOST) rows.push(make("li", "plain", word("found-more", { count: ids.length - AT_MOST })));
  for (const row of rows) if (!row.id) row.setAttribute("role", "presentation");
  FOUND.replaceChildren(...rows);
  FOUND.hidden = !rows.length;
  SEARCH.setAttribute("aria-expanded", String(rows.length > 0));
  SEARCH.removeAttribute("aria-activedescendant");
}

/** @param {string} id */
function take(id) {
  SEARCH.value = "";
  fillFound();
  choose({ kind: "node", id });
}

SEARCH.addEventListener("input", fillFound);
SEARCH.addEventListener("blur", () => { FOUND.hidden = true; });
SEARCH.addEventListener("focus", fillFound);
SEARCH.addEventListener("keydown", (event) => {
  const rows = [...FOUND.querySelectorAll("[role=option]")];
  const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = rows[(now + (event.key === "ArrowDown" ? 1 : rows.length - (now < 0 ? 0 : 1))) % rows.length];
    if (!next) return;
    event.preventDefault();
    rows.forEach((row) => row.setAttribute("aria-selected", String(row === next)));
    SEARCH.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter") {
    const ids = search(SEARCH.value);
    if (ids.length) take(ids[Math.max(now, 0)]);
  } else if (event.key === "Escape") {
    SEARCH.value = "";
    fillFound();
  }
});

// ---------------------------------------------------------------------------- zoom and moving

/** The scale at which the whole picture can be seen; not below what can be read. */
function fitting() {
  const svg = sheet() && sheet().querySelector("svg");
  if (!svg) return 1;
  const { width, height } = svg.viewBox.baseVal;
  const room = PICTURE.getBoundingClientRect();
  const fit = Math.min((room.width - 8) / width, (room.height - 8) / height, 1.6);
  return fit >= 0.8 ? fit : Math.max(fit, Math.min(1, 0.9));
}

/** @param {number} scale */
function zoom(scale) {
  VIEW.scale = Math.min(4, Math.max(0.25, scale));
  for (const one of SHEETS) {
    const svg = /** @type {SVGSVGElement} */ (one.querySelector("svg"));
    svg.style.width = `${(svg.viewBox.baseVal.width * VIEW.scale).toFixed(1)}px`;
    svg.style.height = `${(svg.viewBox.baseVal.height * VIEW.scale).toFixed(1)}px`;
  }
  PICTURE.classList.toggle("grab", PICTURE.scrollWidth > PICTURE.clientWidth + 4 || PICTURE.scrollHeight > PICTURE.clientHeight + 4);
}

/** Do something, and see the whole picture after it if it was seen before. @param {() => void} change */
function refitted(change) {
  const fitted = !STATE.choice && Math.abs(VIEW.scale - fitting()) < 0.01;
  change();
  if (fitted) zoom(fitting());
}

/** Zoom so that a point of the screen stays where it is. @param {number} scale @param {number} [x] @param {number} [y] */
function zoomAt(scale, x, y) {
  const frame = PICTURE.getBoundingClientRect();
  const px = x === undefined ? frame.width / 2 : x - frame.left, py = y === undefined ? frame.height / 2 : y - frame.top;
  const left = (PICTURE.scrollLeft + px) / VIEW.scale, top = (PICTURE.scrollTop + py) / VIEW.scale;
  zoom(scale);
  PICTURE.scrollLeft = left * VIEW.scale - px;
  PICTURE.scrollTop = top * VIEW.scale - py;
}

at("zoom-in").addEventListener("click", () => zoomAt(VIEW.scale * 1.25));
at("zoom-out").addEventListener("click", () => zoomAt(VIEW.scale / 1.25));
at("zoom-fit").addEventListener("click", () => zoom(fitting()));
PICTURE.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoomAt(VIEW.scale * Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
}, { passive: false });

/** @type {{x: number, y: number, left: number, top: number, moved: boolean}|null} */
let held = null;
PICTURE.addEventListener("pointerdown", (event) => {
  if (event.button || event.pointerType === "touch") return;
  held = { x: event.clientX, y: event.clientY, left: PICTURE.scrollLeft, top: PICTURE.scrollTop, moved: false };
});
window.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (Math.abs(event.clientX - held.x) + Math.abs(event.clientY - held.y) > 5) held.moved = true;
  if (!held.moved) return;
  PICTURE.classList.add("grabbing");
  PICTURE.scrollLeft = held.left - event.clientX + held.x;
  PICTURE.scrollTop = held.top - event.clientY + held.y;
});
window.addEventListener("pointerup", () => {
  PICTURE.classList.remove("grabbing");
  window.setTimeout(() => { held = null; }, 0);
});

// ---------------------------------------------------------------------------- the picture

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

// ---------------------------------------------------------------------------- the address

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
