// The search box of network.html and what it found. After base.js and search.js.

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
  const said = ids.length > AT_MOST ? word("found-more", { count: ids.length - AT_MOST }) : SEARCH.value.trim() && !ids.length ? word("found-none") : "";
  if (said) {
    const row = make("li", "plain", said);
    row.setAttribute("role", "presentation");
    rows.push(row);
  }
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
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && rows.length) {
    event.preventDefault();
    const next = rows[event.key === "ArrowDown" ? (now + 1) % rows.length : (Math.max(now, 0) + rows.length - 1) % rows.length];
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
