// The legend of network.html, which is the filter. After base.js; network.js says what follows from a change.

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

/** The legend: each sign of the picture with how often it occurs; unticked, it is hidden. */
function fillLegend() {
  const count = DATA.counts;
  /** @type {Object<string, number>} */ const marked = {};
  for (const [mark, has] of Object.entries(MARKS)) marked[mark] = CLAIMS.filter(has).length;
  const stances = DATA.stances.filter((/** @type {{id: string}} */ one) => count.stance[one.id]);
  const themes = [...DATA.themes, { id: "", name: DATA.words["no-theme"] }].filter((theme) => count.theme[theme.id]);
  /** @type {Array<[string, Node[]]>} */ const rows = [
    ["stances", [
      ...stances.map((/** @type {{id: string, name: Words, style: string}} */ one) =>
        key("stance", one.id, say(one.name), count.stance[one.id], lineSample(`s-${one.style}`, false))),
      ...Object.keys(MARKS).filter((mark) => marked[mark]).map((mark) =>
        key("mark", mark, mark === "negated" ? word("negated") : reviewName(mark) + (mark === "disputed" ? "？" : ""), marked[mark],
          mark === "disputed" ? null : lineSample(mark === "negated" ? "s-stated" : "dim", mark === "negated"))),
    ]],
    ["kinds", DATA.kinds.map((/** @type {string} */ id) => key("kind", id, word(`kind-${id}`), count.kind[id], make("span", `swatch k-${id}`)))],
    ["themes", themes.map((theme) => key("theme", theme.id, say(theme.name), count.theme[theme.id], null))],
  ];
  const reset = button(word("reset"), () => {
    for (const set of Object.values(OFF)) set.clear();
    fillLegend();
    filtered();
  });
  reset.id = "reset";
  reset.hidden = nothingOff();
  at("keys").replaceChildren(...rows.filter(([, keys]) => keys.length).map(([code, keys]) =>
    make("fieldset", "key", make("legend", "", word(code)), ...keys)), reset);
}

function nothingOff() {
  return Object.values(OFF).every((set) => !set.size);
}
