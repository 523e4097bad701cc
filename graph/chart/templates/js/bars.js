// The strips above the picture: a route between two, and a date.

/** @param {string} label @param {string} value @param {(id: string) => void} take */
function chooser(label, value, take) {
  const input = /** @type {HTMLInputElement} */ (make("input"));
  input.type = "search";
  input.setAttribute("list", "names");
  input.setAttribute("aria-label", label);
  input.placeholder = label;
  input.value = value ? nameOf(value) : "";
  const choose = () => {
    if (!input.value.trim()) return take("");
    const [found] = search(input.value);
    if (found) take(found);
    else {
      input.setCustomValidity(word("found-none"));
      input.reportValidity();
    }
  };
  input.addEventListener("input", () => input.setCustomValidity(""));
  input.addEventListener("change", choose);
  return input;
}

/** Names for the choosers, made when they are first wanted. */
function fillNames() {
  const list = at("names");
  if (list.lang === STATE.lang) return;
  list.lang = STATE.lang;
  const entities = [...DATA.entities].sort((a, b) => (TIES.get(b.id) || []).length - (TIES.get(a.id) || []).length);
  list.replaceChildren(...entities.slice(0, 1500).map((entity) => {
    const option = /** @type {HTMLOptionElement} */ (make("option"));
    option.value = say(entity.name);
    return option;
  }));
}

/** The strip of the route, with every route in words. */
function fillRoute() {
  const bar = at("route");
  const asked = STATE.route;
  bar.hidden = !asked;
  if (!asked) return void bar.replaceChildren();
  fillNames();
  /** @param {{from?: string, to?: string, nth?: number|null}} change */
  const set = (change) => go({ route: { ...asked, nth: null, ...change }, view: "picture" });
  const top = make("div", "row", make("strong", "", word("route")),
    chooser(word("route-from"), asked.from, (from) => set({ from })), " → ", chooser(word("route-to"), asked.to, (to) => set({ to })),
    button("⇄", () => set({ from: asked.to, to: asked.from }), "swap"), button(word("close"), () => go({ route: null })));
  /** @type {HTMLElement} */ (top.querySelector(".swap")).setAttribute("aria-label", word("route-swap"));
  refill(bar, top, ...(asked.from && asked.to ? routesTold(asked.from, asked.to) : [make("p", "meta", word("route-help"))]));
}

/** @param {string} from @param {string} to @returns {HTMLElement[]} */
function routesTold(from, to) {
  if (from === to) return [make("p", "meta", word("route-same"))];
  for (const end of [from, to]) if (tells(end)) return [make("p", "meta", data(nameOf(end)), word("route-document"))];
  const ways = waysNow(from, to);
  if (!ways.routes.length) {
    /** @param {string} end @param {string[]} reached */
    const reach = (end, reached) => make("p", "meta", data(nameOf(end)), word("route-reaches", { count: reached.length }),
      ...reached.slice(0, 6).flatMap((id, n) => [n ? comma() : "", link(id)]), reached.length > 6 ? "…" : "");
    return [make("p", "", make("strong", "", word("route-none"))), reach(from, ways.reach[0]), reach(to, ways.reach[1])];
  }
  const list = make("ol", "routes");
  ways.routes.forEach((way, nth) => list.append(routeRow(way, nth)));
  const beside = [...new Set(ways.routes.slice(0, 4).flatMap(denialsBeside))];
  const rows = [list];
  if (beside.length) rows.unshift(make("div", "beside", make("span", "meta", word("route-beside")), ...beside.slice(0, 5).map((index) =>
    make("span", "chip", badges(CLAIMS[index]), button(sentenceText(CLAIMS[index]), () => choose({ kind: "claim", id: claimId(index) }), "name")))));
  return rows;
}

/** One route: who, by what, and what it is no surer than. @param {Route} way @param {number} nth */
function routeRow(way, nth) {
  const asked = /** @type {{from: string, to: string, nth: number|null}} */ (STATE.route);
  const row = make("li", asked.nth === nth ? "on" : "");
  const weak = weakestOf(way), over = overseersOf(way), even = weak.length === way.links.length;
  row.append(link(way.nodes[0]));
  for (const step of way.links) {
    const index = step.claims[0], claim = CLAIMS[index];
    const label = say(DATA.terms[claim.p]) || claim.p;
    const text = claim.s === step.one ? `─${label}→` : `←${label}─`;
    const open = button(text, () => choose({ kind: "claim", id: claimId(index) }), `step b-${stanceAt(claim.stance).style}${weak.includes(step) && !even ? " weak" : ""}`);
    open.setAttribute("aria-label", `${sentenceText(claim)}. ${stanceName(claim)}`);
    row.append(" ", open, " ", link(step.other));
  }
  const claim = CLAIMS[weak[0].claims[0]];
  row.append(make("span", "meta", ` ${word("route-weakest", { links: way.links.length })}`), badges(claim),
    make("span", "meta", even ? word("route-even") : data(weak.map((step) => `${nameOf(step.one)}―${nameOf(step.other)}`).join(STATE.lang === "ja" ? "、" : "; "))));
  if (over.length) row.append(make("div", "meta warn", word("route-oversees", { name: over.map((step) => nameOf(CLAIMS[step.claims[0]].s)).join(comma()) })));
  const only = button(word(asked.nth === nth ? "route-all" : "route-only"), () => go({ route: { ...asked, nth: asked.nth === nth ? null : nth } }), "only");
  row.append(" ", only);
  return row;
}

/** The strip of the date: a slider over the months that any claim names. */
function fillWhen() {
  const bar = at("when");
  bar.hidden = STATE.at === null;
  if (STATE.at === null) return void bar.replaceChildren();
  if (!MONTHS) return void bar.replaceChildren(make("p", "meta", word("when-nothing")), button(word("close"), () => go({ at: null })));
  const moved = /** @type {HTMLInputElement|null} */ (bar.querySelector("input[type=range]"));
  if (moved && moved === document.activeElement && STATE.at === monthText(Number(moved.value)) && bar.lang === STATE.lang) return; // in a hand
  bar.lang = STATE.lang;
  const slider = /** @type {HTMLInputElement} */ (make("input"));
  slider.type = "range";
  slider.min = String(MONTHS.first);
  slider.max = String(MONTHS.last);
  slider.value = STATE.at ? String(monthOf(earliest(STATE.at))) : slider.max;
  slider.setAttribute("aria-label", word("when"));
  const shown = make("output", "date");
  const tell = () => {
    slider.setAttribute("aria-valuetext", STATE.at ? dateText(STATE.at) : word("when-any"));
    shown.textContent = STATE.at ? dateText(STATE.at) : word("when-any");
    const count = { yes: 0, maybe: 0, no: 0 };
    if (STATE.at) for (const claim of CLAIMS) if (dated(claim) || STATE.undated) count[holds(claim, STATE.at)] += 1;
    told.textContent = STATE.at ? word("when-count", count) : word("when-help");
  };
  const told = make("span", "meta");
  slider.addEventListener("input", () => {
    STATE.at = monthText(Number(slider.value));
    tell();
    redraw();
  });
  slider.addEventListener("change", () => remember());
  const loose = /** @type {HTMLInputElement} */ (make("input"));
  loose.type = "checkbox";
  loose.checked = STATE.undated;
  loose.addEventListener("change", () => go({ undated: loose.checked }));
  const ends = [make("span", "meta", monthText(MONTHS.first).slice(0, 4)), slider, make("span", "meta", monthText(MONTHS.last).slice(0, 4))];
  refill(bar, make("div", "row", make("strong", "", word("when")), ...ends, shown, told,
    make("label", "", loose, word("when-undated")), button(word("when-any"), () => go({ at: "" })), button(word("close"), () => go({ at: null }))));
  tell();
}

/** Every dated statement in the order of time, by year. */
function fillTimeline() {
  const section = at("timeline");
  if (STATE.view !== "time") return void section.replaceChildren();
  const rows = CLAIMS.map((claim, index) => ({ claim, index, when: claim.from || claim.asOf || claim.to || "" }))
    .filter(({ claim, when }) => when && claimShown(claim));
  rows.sort((a, b) => (earliest(a.when) < earliest(b.when) ? -1 : earliest(a.when) > earliest(b.when) ? 1 : a.when.length - b.when.length || a.index - b.index));
  const undated = CLAIMS.filter((claim) => claimShown(claim)).length - rows.length;
  const list = make("div", "years");
  let year = "";
  for (const { claim, index, when } of rows.slice(0, VIEW.rows)) {
    if (when.slice(0, 4) !== year) {
      year = when.slice(0, 4);
      list.append(make("h2", "", STATE.lang === "ja" ? `${year}年` : year));
    }
    const open = button(say(claim.gist) || sentenceText(claim), () => choose({ kind: "claim", id: claimId(index) }), "name");
    open.setAttribute("aria-label", `${whenOf(claim)}. ${sentenceText(claim)}. ${stanceName(claim)}`);
    const row = make("div", "moment", make("span", "date", whenOf(claim)), make("div", "", badges(claim), open, make("div", "meta", data(sentenceText(claim)))));
    row.dataset.claim = claimId(index);
    list.append(row);
  }
  const left = rows.length - VIEW.rows;
  section.replaceChildren(make("p", "meta", word("timeline-about", { shown: rows.length, undated })), list,
    left > 0 ? button(word("more-rows", { count: left }), () => { VIEW.rows += ROWS; fillTimeline(); }) : "");
}
