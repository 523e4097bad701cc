// The evidence panel, shared by chart.html and network.html.

/** One claim: the sentence, how sure, the gist, and where to look. @param {number} index @param {boolean} full */
function claimCard(index, full) {
  const claim = CLAIMS[index];
  const card = make("article", "claim");
  card.dataset.claim = String(index);
  card.append(sentence(claim), make("p", "", badges(claim)));
  if (claim.not) card.append(make("p", "meta", word("negation")));
  if (claim.gist) card.append(make("p", "gist", data(say(claim.gist))));
  if (claim.quote) {
    const [before, after] = (full && claim.around) || ["", ""];
    const words = before || after ? make("mark", "", data(claim.quote)) : data(claim.quote);
    const quote = make("blockquote", "", before ? make("span", "context", data(`…${before}`)) : "", words, after ? make("span", "context", data(`${after}…`)) : "");
    quote.setAttribute("aria-label", word("quote"));
    card.append(quote);
  }
  const source = SOURCES.get(claim.source);
  if (!full) {
    card.append(make("p", "meta", sourceLink(claim.source)));
    card.append(button(word("open-claim"), () => choose({ kind: "claim", id: claimId(index) })));
    return card;
  }
  card.append(details(claim, source), citeRow(index));
  if (claim.note) card.append(make("h3", "", word("note")), make("p", "", data(say(claim.note))));
  if (claim.reason) card.append(make("h3", "", word("reason")), make("p", "", data(say(claim.reason))));
  for (const [n, reply] of (claim.replies || []).entries()) {
    if (!n) card.append(make("h3", "", word("replies")));
    const by = make("p", "meta", link(reply.by), reply.date ? data(` ${reply.date}`) : "");
    card.append(by, make("p", "", data(say(reply.gist))), reply.address ? make("p", "", address(reply.address)) : "");
  }
  const others = (SAYING.get(saying(claim)) || []).filter((other) => other !== index);
  related(card, "same", others.filter((other) => !CLAIMS[other].not === !claim.not));
  related(card, "opposite", others.filter((other) => !CLAIMS[other].not !== !claim.not));
  const grounds = (claim.basedOn || []).map((handle) => HANDLES.get(handle));
  related(card, "based-on", /** @type {number[]} */ (grounds.filter((found) => found !== undefined)));
  return card;
}

/** Source, place, voice, date … of a claim. @param {Claim} claim @param {Source|undefined} source */
function details(claim, source) {
  const list = make("dl");
  /** @param {string} label @param {...(string|Node|null|undefined)} inside */
  const row = (label, ...inside) => list.append(make("dt", "", label), make("dd", "", ...inside));
  row(word("source"), sourceLink(claim.source));
  const spans = (claim.passages || []).map(([start, end]) => word("characters", { start, end }));
  if (spans.length) row(word("place"), spans.join(STATE.lang === "ja" ? "、" : "; "));
  if (claim.place) row(word("place"), data(say(claim.place)));
  if (source) {
    for (const url of source.addresses || []) row(word("address"), address(url));
    for (const place of source.elsewhere || []) row(word("address"), data(place));
    if (source.grade) row(word("grade"), data(say(source.grade)));
  }
  const voice = claim.voice === ".curator" ? word("voice-curator") : claim.voice ? link(claim.voice) : word("voice-source");
  row(word("voice"), voice);
  if (claim.via) row(word("via"), value(claim.via));
  const when = whenOf(claim);
  if (when) row(word("when"), when);
  for (const [name, narrow] of claim.narrow || []) row(say(DATA.terms[name]) || name, value(narrow));
  if (claim.cue) row(word("cue"), data(claim.cue));
  const review = claim.review || "accepted";
  const verdict = [reviewName(review)];
  if (claim.reviewedOn) verdict.push(word("reviewed-on", { date: claim.reviewedOn }));
  row(word("review"), verdict.join(STATE.lang === "ja" ? "・" : ", "));
  row(word("method"), claim.method ? data(claim.method) : word("method-curated"));
  if (claim.handle) row(word("handle"), data(claim.handle));
  return list;
}

/** @param {HTMLElement} card @param {string} code @param {number[]} indexes */
function related(card, code, indexes) {
  if (!indexes.length) return;
  const list = make("ul");
  for (const index of indexes) {
    const claim = CLAIMS[index];
    const open = button(say(claim.gist) || sentenceText(claim), () => choose({ kind: "claim", id: claimId(index) }), "name");
    list.append(make("li", "", badges(claim), open, make("div", "meta", data(sourceTitle(SOURCES.get(claim.source), claim.source)))));
  }
  card.append(make("h3", "", word(code, { count: indexes.length })), list);
}


/** @param {string} id */
function entityCard(id) {
  const entity = /** @type {Entity} */ (ENTITIES.get(id));
  const card = make("div");
  const theme = (DATA.themes.find((t) => t.id === entity.theme) || {}).name;
  card.append(make("h2", `k-${entity.kind}`, data(say(entity.name))));
  const about = [say(entity.cls), word(`kind-${entity.kind}`), say(theme), say(entity.existence)].filter(Boolean);
  card.append(make("p", "meta", data(about.join(" / ")), entity.drawn ? "" : bracketed(word("not-drawn"))));
  const forms = [...new Set([...Object.values(entity.name), entity.reading || "", ...(entity.also || [])])];
  const others = forms.filter((form) => form && form !== say(entity.name));
  if (others.length) card.append(make("p", "meta", word("also") + colon(), data(others.join(" / "))));
  card.append(...MORE.entity(id));
  if (entity.note) card.append(make("p", "", data(say(entity.note))));
  if (entity.host) card.append(make("p", "meta", word("entity-host") + colon(), link(entity.host)));
  const folded = DATA.entities.filter((e) => e.host === id);
  if (folded.length) {
    const chips = make("div", "chips folded");
    for (const other of folded) chips.append(button(say(other.name), () => choose({ kind: "node", id: other.id })));
    card.append(make("h3", "", word("entity-folded", { count: folded.length })), chips);
  }
  const claims = ABOUT.get(id) || [];
  const facts = claims.filter((index) => CLAIMS[index].s === id && !CLAIMS[index].o);
  const ties = claims.filter((index) => !facts.includes(index));
  for (const [title, indexes] of /** @type {Array<[string, number[]]>} */ ([[word("entity-claims", { count: ties.length }), ties], [word("entity-facts"), facts]])) {
    if (indexes.length) card.append(make("h3", "", title), ...indexes.map((index) => claimCard(index, false)));
  }
  return card;
}

/** @param {string} id */
function lineCard(id) {
  const line = /** @type {Line} */ (LINES.get(id));
  const card = make("div");
  card.append(make("h3", "", word("line-claims", { count: line.claims.length })));
  card.append(...line.claims.map((index) => claimCard(index, true)));
  return card;
}

/** A source: what it is, and everything that it says, in its own order. @param {string} id */
function sourceCard(id) {
  const source = /** @type {Source} */ (SOURCES.get(id));
  const card = make("div", "", make("h2", "", data(say(source.title))));
  const about = make("dl");
  /** @param {string} code @param {...(string|Node)} inside */
  const row = (code, ...inside) => about.append(make("dt", "", word(code)), make("dd", "", ...inside));
  if (source.publisher || source.date) row("source", data([say(source.publisher), source.date].filter(Boolean).join(", ")));
  for (const url of source.addresses || []) row("address", address(url));
  for (const place of source.elsewhere || []) row("address", data(place));
  if (source.grade) row("grade", data(say(source.grade)));
  if (source.read) row("read", data(say(source.read)));
  if (source.note) row("note", data(say(source.note)));
  card.append(about);
  if (citable(source)) card.append(make("div", "chips cite", copier("cite", () => sourceCitation(source)), copier("bibtex", () => bibtexOf(source)), copier("csl", () => JSON.stringify([cslOf(source)], null, 2))));
  card.append(...MORE.source(id));
  const place = (/** @type {number} */ index) => ((CLAIMS[index].passages || [])[0] || [Infinity])[0];
  const claims = CLAIMS.map((_, index) => index).filter((index) => CLAIMS[index].source === id).sort((a, b) => place(a) - place(b) || a - b);
  card.append(make("h3", "", word("source-card", { count: claims.length })), ...claims.map((index) => claimCard(index, false)));
  return card;
}

/** What the panel shows for a choice, or null if the data has no such thing. @param {Choice} choice */
function cardFor(choice) {
  if (choice.kind === "node") return ENTITIES.has(choice.id) ? entityCard(choice.id) : null;
  if (choice.kind === "line") return LINES.has(choice.id) ? lineCard(choice.id) : null;
  if (choice.kind === "source") return SOURCES.has(choice.id) ? sourceCard(choice.id) : null;
  const index = claimIndex(choice.id);
  return index >= 0 ? claimCard(index, true) : null;
}

/** Fill the panel, or close it. @param {Choice|null} choice @param {boolean} focus whether to go there */
function fillPanel(choice, focus) {
  const panel = /** @type {HTMLElement} */ (document.getElementById("panel"));
  panel.replaceChildren();
  panel.hidden = !choice;
  if (!choice) return;
  const top = make("div", "top", button(word("close"), () => choose(null)));
  panel.append(top, cardFor(choice) || make("p", "", word("gone")));
  panel.scrollTop = 0;
  if (focus) panel.focus({ preventScroll: true });
}
