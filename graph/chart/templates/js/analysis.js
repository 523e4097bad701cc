// What the analyses found when the page was built: who stands between others, who sits on several sides. The finding is
// that of `analyze`; the filter only pales what rests on claims that it hides.

/**
 * @typedef {{id: string, near: number, falls: Array<[number, string[]]>, claims: number[]}} Broker
 * @typedef {{id: string, doors: string[], sides: Array<{kind: string, seats: Array<[string, number[]]>}>}} Sitter
 */

/** The claims of a row as buttons that open their evidence. @param {number[]} claims */
function proofs(claims) {
  const list = make("ul", "proofs");
  for (const index of claims) {
    const open = button(say(CLAIMS[index].gist) || sentenceText(CLAIMS[index]), () => choose({ kind: "claim", id: claimId(index) }), "name");
    list.append(make("li", claimShown(CLAIMS[index]) ? "" : "pale", badges(CLAIMS[index]), open));
  }
  return list;
}

/** @param {Broker} broker */
function brokerRow({ id, near, falls, claims }) {
  const row = make("li", "finding", make("p", "", make("strong", "", link(id)), make("span", "meta", ` ${word("broker-near", { count: near })}`)));
  for (const [size, some] of falls) {
    row.append(make("p", "meta", word("broker-falls", { count: size }), ...some.flatMap((other, n) => [n ? (STATE.lang === "ja" ? "、" : ", ") : "", link(other)]), size > some.length ? "…" : ""));
  }
  const more = make("details", "", make("summary", "", word("rests-on", { count: claims.length })), proofs(claims));
  row.append(make("div", "chips", button(word("look-around"), () => lookAround(id))), more);
  return row;
}

/** @param {Sitter} sitter */
function sitterRow({ id, doors, sides }) {
  const row = make("li", "finding", make("p", "", make("strong", "", link(id)), ...doors.map((door) => make("span", "badge", word(`door-${door}`)))));
  const table = make("dl");
  for (const { kind, seats } of sides) {
    table.append(make("dt", "", word(`side-${kind}`)), make("dd", "", ...seats.map(([body, claims]) => {
      const more = make("details", "", make("summary", "", data(nameOf(body)), data(bracketed(seatTold(claims)))), proofs(claims));
      return more;
    })));
  }
  row.append(table);
  return row;
}

/** What the seat is called, and when. @param {number[]} claims */
function seatTold(claims) {
  const told = claims.flatMap((index) => {
    const role = (CLAIMS[index].narrow || []).find(([name]) => name === "role");
    return [role ? plain(role[1]) : say(DATA.terms[CLAIMS[index].p]) || CLAIMS[index].p, whenOf(CLAIMS[index])];
  });
  return [...new Set(told.filter(Boolean))].join(STATE.lang === "ja" ? "、" : ", ");
}

function fillAnalysis() {
  const section = at("analysis");
  if (STATE.view !== "analysis") return void section.replaceChildren();
  const { brokers, sitters } = DATA.analyses || { brokers: [], sitters: [] };
  /** @param {string} code @param {HTMLElement[]} rows */
  const part = (code, rows) => make("section", "", make("h2", "", word(code)), make("p", "meta", word(`${code}-about`)),
    rows.length ? make("ol", "findings", ...rows) : make("p", "", word("nothing-found")));
  section.replaceChildren(part("brokers", brokers.map(brokerRow)), part("sitters", sitters.map(sitterRow)));
}
