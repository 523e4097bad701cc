// The search box and what it found, shared by chart.html and network.html.

const SEARCH = /** @type {HTMLInputElement} */ (at("search"));
const FOUND = at("found");
const AT_MOST = 12;

function fillFound() {
  const typed = SEARCH.value.trim();
  const ids = typed ? search(typed) : document.activeElement === SEARCH ? MORE.offers() : [];
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
  if (!typed && ids.length) rows.unshift(make("li", "plain", word("most-tied")));
  if (typed && !ids.length) rows.push(make("li", "plain", word("found-none")));
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
  MORE.take(id);
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
    const ids = SEARCH.value.trim() ? search(SEARCH.value) : now < 0 ? [] : MORE.offers();
    if (ids.length) take(ids[Math.max(now, 0)]);
  } else if (event.key === "Escape") {
    SEARCH.value = "";
    fillFound();
  }
});
