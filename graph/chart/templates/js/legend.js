// The legend, which is the filter.

/** What is switched off, by the legend's group. @type {Object<string, Set<string>>} */
const OFF = { kind: new Set(), theme: new Set(), stance: new Set(), mark: new Set(), review: new Set(), method: new Set() };

/** Whether the legend and the date let a claim be seen. @param {Claim} claim */
function claimShown(claim) {
  if (STATE.only && claim.source !== STATE.only) return false;
  if (OFF.stance.has(claim.stance) || (claim.not && OFF.mark.has("negated"))) return false;
  if (OFF.review.has(claim.review || "accepted") || OFF.method.has(methodOf(claim))) return false;
  if (STATE.at && (holds(claim, STATE.at) === "no" || (!STATE.undated && !dated(claim)))) return false;
  return entityShown(claim.s) && (!claim.o || entityShown(claim.o));
}

/** Who proposed a claim: a person, a rule, a language model. @param {Claim} claim */
function methodOf(claim) {
  if (!claim.method) return "curated";
  return claim.method.startsWith("llm") ? "llm" : "rule";
}

/** @param {string} id */
function entityShown(id) {
  const entity = ENTITIES.get(id);
  return !entity || !(OFF.kind.has(entity.kind) || OFF.theme.has(entity.theme || ""));
}

/** What follows from a change of the legend. */
function filtered() {
  redraw();
  fillReset();
  remember();
}

/** The legend: each sign of the picture with how often it occurs; unticked, it is hidden. */
function fillLegend() {
  /** @type {HTMLElement[]} */ const rows = [];
  /** @param {string} code @param {Node[]} keys */
  const row = (code, keys) => {
    if (keys.length) rows.push(make("fieldset", "key", make("legend", "", word(code)), ...keys));
  };
  const count = DATA.counts;
  const stances = DATA.stances.filter((s) => count.stance[s.id]);
  row("stances", [
    ...stances.map((s) =>
      key("stance", s.id, say(s.name), count.stance[s.id], lineSample(`s-${s.style}`, false))),
    ...(count.mark.negated ? [key("mark", "negated", word("negated"), count.mark.negated, lineSample("s-stated", true))] : []),
    onlyStated(),
    ...(Object.keys(count.review).some((id) => id !== "accepted") ? [make("span", "sub", word("reviews")), ...["accepted", "disputed", "candidate"]
      .filter((id) => count.review[id] && (id !== "accepted" || count.review.candidate)).map((id) => key("review", id, reviewName(id) + (id === "disputed" ? "？" : ""), count.review[id],
        id === "candidate" ? lineSample("dim", false) : null))] : []),
    make("small", "", word("marks")),
  ]);
  row("kinds", DATA.kinds.map((id) =>
    key("kind", id, word(`kind-${id}`), count.kind[id], make("span", `swatch k-${id}`))));
  const themes = [...DATA.themes, ...(count.theme[""] ? [{ id: "", name: DATA.words["no-theme"] }] : [])];
  const boxes = themes.filter((theme) => count.theme[theme.id]).map((theme) =>
    key("theme", theme.id, say(theme.name), count.theme[theme.id], null));
  row("themes", [...boxes, make("small", "", word("marks-box"))]);
  if (Object.keys(count.method).length > 1) {
    row("methods", Object.keys(count.method).map((id) => key("method", id, word(`by-${id}`), count.method[id], null)));
  }
  const reset = button(word("reset"), showAll);
  reset.id = "reset";
  const only = make("span", "sub");
  only.id = "only-source";
  at("keys").replaceChildren(...rows, only, reset);
  fillReset();
}

/** The button that ticks everything again, where something is unticked. */
function fillReset() {
  at("reset").hidden = !STATE.only && !Object.values(OFF).some((set) => set.size);
  at("only-source").textContent = STATE.only ? word("only-source", { title: say((SOURCES.get(STATE.only) || { title: {} }).title) }) : "";
}

/** One press leaves what sources state and no more; the next brings the rest back. */
function onlyStated() {
  const others = DATA.stances.map((one) => one.id).filter((id) => id !== "stated");
  const pressed = !OFF.stance.has("stated") && others.every((id) => OFF.stance.has(id));
  const element = button(word("only-stated"), () => {
    OFF.stance.clear();
    if (!pressed) for (const id of others) OFF.stance.add(id);
    refresh();
    remember();
  });
  element.setAttribute("aria-pressed", String(pressed));
  element.id = "only-stated";
  return element;
}

function showAll() {
  STATE.only = "";
  for (const set of Object.values(OFF)) set.clear();
  refresh();
  remember();
}
