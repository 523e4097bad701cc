// What can be done with an entity: look around it, unfold, keep, hide, start a route, give it a story.

/** The buttons of an entity's card. @param {string} id @returns {HTMLElement[]} */
function actionsOf(id) {
  const entity = /** @type {Entity} */ (ENTITIES.get(id));
  const row = make("div", "chips actions");
  /** @param {string} code @param {() => void} action @param {boolean} [pressed] */
  const act = (code, action, pressed) => {
    const element = button(word(code), action);
    element.title = word(`${code}-about`);
    if (pressed !== undefined) element.setAttribute("aria-pressed", String(pressed));
    row.append(element);
  };
  if ((TIES.get(id) || []).length) act("look-around", () => lookAround(id));
  if (drawsItself()) {
    if (!STATE.near.includes(id)) act("unfold", () => toggle(id, "open"), STATE.open.has(id));
  } else if (foldedIn(id).length) act("unfold", () => unfold(id), foldedIn(id).every((other) => STATE.open.has(other)));
  act("keep", () => toggle(id, "kept"), STATE.kept.has(id));
  act("hide", () => toggle(id, "gone"), STATE.gone.has(id));
  const { route } = STATE;
  if (route && route.from && route.from !== id) act("route-here", () => go({ route: { ...route, to: id, nth: null }, view: "picture" }));
  else act("route-start", () => go({ route: { from: id, to: "", nth: null }, view: "picture" }));
  return [row, themeChooser(entity)];
}

/** A story for an entity, as the lines to paste into entities.yaml. @param {Entity} entity */
function themeChooser(entity) {
  const themes = DATA.themes.filter((theme) => !theme.made);
  const choice = /** @type {HTMLSelectElement} */ (make("select"));
  choice.setAttribute("aria-label", word("themes"));
  for (const theme of themes) {
    const option = /** @type {HTMLOptionElement} */ (make("option", "", data(say(theme.name))));
    option.value = theme.id;
    option.selected = theme.id === entity.theme;
    choice.append(option);
  }
  const text = make("code", "");
  const snippet = () => `- id: ${entity.id}\n  theme: ${choice.value}\n`;
  const tell = () => { text.textContent = snippet(); };
  choice.addEventListener("change", tell);
  tell();
  const inside = themes.length ? [make("p", "meta", word("theme-about")), choice, make("pre", "", text), copier("copy", snippet)]
    : [make("p", "meta", word("theme-none"))];
  return make("details", "theme", make("summary", "", word("theme-give")), ...inside);
}

/** See the picture as if this source were the only one, or all of them again. @param {string} id */
function sourceAlone(id) {
  const element = button(word("source-alone"), () => {
    STATE.only = STATE.only === id ? "" : id;
    refresh();
    remember();
  });
  element.title = word("source-alone-about");
  element.setAttribute("aria-pressed", String(STATE.only === id));
  return [make("div", "chips actions", element)];
}

/** Of a project too large for one picture: where to begin. @returns {string[]} */
function mostTied() {
  if (DATA.entities.length <= 150) return [];
  return names().filter(({ ties }) => ties).sort((a, b) => b.ties - a.ties || (a.id < b.id ? -1 : 1)).slice(0, 8).map(({ id }) => id);
}

/** What was found is chosen, and drawn where the picture lacks it. @param {string} id */
function takeFound(id) {
  const entity = /** @type {Entity} */ (ENTITIES.get(id));
  if (STATE.view === "picture" && !entity.drawn && !OWN.ids.has(id) && (TIES.get(id) || []).length) {
    if (DATA.entities.length > 150 || drawsItself()) lookAround(id);
    else go({ open: new Set([...STATE.open, id]), choice: { kind: "node", id } });
  } else choose({ kind: "node", id });
}

MORE.entity = actionsOf;
MORE.offers = mostTied;
MORE.take = takeFound;
MORE.source = sourceAlone;
