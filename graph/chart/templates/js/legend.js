// The legend, which is the filter.

/** What is switched off, by the legend's group. @type {Object<string, Set<string>>} */
const OFF = { kind: new Set(), theme: new Set(), stance: new Set(), mark: new Set() };
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
