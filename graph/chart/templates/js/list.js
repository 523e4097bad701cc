// The same statements as a table.

const ROWS = 400; // of the list at a time
const COLUMNS = /** @type {Array<[string, (claim: Claim) => string]>} */ ([
  ["subject", (claim) => nameOf(claim.s)],
  ["property", (claim) => (claim.not ? "✕ " : "") + (say(DATA.terms[claim.p]) || claim.p)],
  ["object", (claim) => (claim.o ? nameOf(claim.o) : plain(claim.v))],
  ["stance", (claim) => stanceName(claim)],
  ["gist", (claim) => say(claim.gist)],
  ["source", (claim) => say((SOURCES.get(claim.source) || {}).title) || claim.source],
  ["date", (claim) => claim.from || claim.asOf || claim.to || ""],
]);

/** Every statement that the legend lets through, as a table. */
function fillList() {
  const section = at("list");
  if (STATE.view !== "list") return void section.replaceChildren();
  const shown = CLAIMS.map((_, index) => index).filter((index) => claimShown(CLAIMS[index]));
  const column = COLUMNS.find(([name]) => name === VIEW.sort);
  if (column) {
    const order = new Intl.Collator(STATE.lang);
    shown.sort((a, b) => order.compare(column[1](CLAIMS[a]), column[1](CLAIMS[b])) * (VIEW.down ? -1 : 1) || a - b);
  }
  const table = make("table", "", make("caption", "", word("list-caption", { shown: shown.length, all: CLAIMS.length })));
  table.append(make("colgroup", "", ...COLUMNS.map(([name]) => make("col", name))));
  const head = make("tr");
  for (const [name] of COLUMNS) {
    const cell = make("th", "", button(word(`column-${name}`), () => {
      VIEW.down = VIEW.sort === name && !VIEW.down; // once up, once down
      VIEW.sort = name;
      fillList();
    }));
    cell.setAttribute("scope", "col");
    if (VIEW.sort === name) cell.setAttribute("aria-sort", VIEW.down ? "descending" : "ascending");
    head.append(cell);
  }
  const body = make("tbody");
  for (const index of shown.slice(0, VIEW.rows)) body.append(listRow(index));
  table.append(make("thead", "", head), body);
  const left = shown.length - VIEW.rows;
  const more = left > 0 ? button(word("more-rows", { count: left }), () => { VIEW.rows += ROWS; fillList(); }) : "";
  refill(section, table, more);
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
      open.setAttribute("aria-label", `${sentenceText(claim)}. ${stanceName(claim)}. ${text(claim)}`);
      cell.append(open);
    } else cell.append(data(text(claim)));
    row.append(cell);
  }
  return row;
}
