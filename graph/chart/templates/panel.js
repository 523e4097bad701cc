// The evidence panel, shared by chart.html and network.html. Everything that comes from the data goes into
// the page as text (textContent), never as markup.
"use strict";

/**
 * @typedef {Object<string, string>} Words by language
 * @typedef {{id: string, name: Words, also?: string[], reading?: string, cls: Words, kind: string, theme?: string,
 *   existence?: Words, note?: Words, drawn?: boolean, host?: string}} Entity
 * @typedef {{id: string, title: Words, publisher?: Words, date?: string, addresses?: string[], elsewhere?: string[],
 *   grade?: Words, read?: Words, note?: Words}} Source
 * @typedef {{by: string, gist: Words, date?: string, address?: string}} Reply
 * @typedef {{s: string, p: string, o?: string, v?: Words|string|number, stance: string, not?: boolean, hedged?: boolean,
 *   source: string, passages?: number[][], place?: Words, handle?: string, voice?: string, via?: string[], from?: string,
 *   to?: string, asOf?: string, narrow?: Array<[string, Words|string[]|string|number]>, gist?: Words, quote?: string,
 *   cue?: string, basedOn?: string[], method?: string, review?: string, reviewedOn?: string, note?: Words,
 *   reason?: Words, replies?: Reply[]}} Claim
 * @typedef {{id: string, s: string, o: string, claims: number[]}} Line
 * @typedef {{kind: "node"|"line"|"claim", id: string}} Choice
 */

const DATA = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}");
/** @type {Map<string, Entity>} */ const ENTITIES = new Map(DATA.entities.map((/** @type {Entity} */ e) => [e.id, e]));
/** @type {Map<string, Source>} */ const SOURCES = new Map(DATA.sources.map((/** @type {Source} */ s) => [s.id, s]));
/** @type {Map<string, Line>} */ const LINES = new Map(DATA.lines.map((/** @type {Line} */ l) => [l.id, l]));
/** @type {Claim[]} */ const CLAIMS = DATA.claims;
const STANCES = new Map(DATA.stances.map((/** @type {{id: string}} */ s) => [s.id, s]));
const REVIEWS = new Map(DATA.reviews.map((/** @type {{id: string}} */ r) => [r.id, r]));
/** @type {Map<string, number>} */ const HANDLES = new Map();
/** @type {Map<string, number[]>} claims by the entities they speak of */ const ABOUT = new Map();
/** @type {Map<string, number[]>} claims by what they say */ const SAYING = new Map();
CLAIMS.forEach((claim, index) => {
  if (claim.handle) HANDLES.set(claim.handle, index);
  const named = new Set([claim.s, claim.o || ""]);
  for (const [, value] of claim.narrow || []) if (Array.isArray(value)) value.forEach((id) => named.add(id));
  for (const id of named) if (ENTITIES.has(id)) push(ABOUT, id, index);
  push(SAYING, saying(claim), index);
});

/** What the page shows now; chart.js and network.js keep it in the address. */
const STATE = { lang: /** @type {string} */ (DATA.lang), choice: /** @type {Choice|null} */ (null) };

/** @param {Map<string, number[]>} map @param {string} key @param {number} index */
function push(map, key, index) {
  const list = map.get(key);
  if (list) list.push(index);
  else map.set(key, [index]);
}

/** The proposition of a claim, whoever says it. @param {Claim} claim */
function saying(claim) {
  return JSON.stringify([claim.s, claim.p, claim.o || "", claim.v === undefined ? "" : claim.v]);
}

/** @param {Words|undefined} words @returns {string} the words in the page's language, else in one there is */
function say(words) {
  if (!words) return "";
  return words[STATE.lang] || words.en || Object.values(words)[0] || "";
}

/** One of the page's own words. @param {string} code @param {Object<string, string|number>} [fill] */
function word(code, fill) {
  const text = say(DATA.words[code]);
  return fill ? text.replace(/\{(\w+)\}/g, (all, name) => (name in fill ? String(fill[name]) : all)) : text;
}

/**
 * An element with text or children in it.
 * @param {string} tag @param {string} [look] its class @param {...(string|Node|null|undefined)} inside
 */
function make(tag, look, ...inside) {
  const element = document.createElement(tag);
  if (look) element.className = look;
  for (const part of inside) if (part) element.append(part);
  return element;
}

/** Words of the data, isolated from the direction of what stands around them. @param {string} text */
function data(text) {
  return make("bdi", "", text);
}

/** @param {string} label @param {() => void} action @param {string} [look] */
function button(label, action, look) {
  const element = make("button", look, data(label));
  element.setAttribute("type", "button");
  element.addEventListener("click", action);
  return element;
}

/** @param {string} id */
function nameOf(id) {
  const entity = ENTITIES.get(id);
  return entity ? say(entity.name) : id;
}

/** A name that opens the entity; plain text where there is no such entity. @param {string} id */
function link(id) {
  return ENTITIES.has(id) ? button(nameOf(id), () => choose({ kind: "node", id }), "name") : data(id);
}

/** A link, if it leads to the web and nowhere else. @param {string} address */
function address(address) {
  if (!/^https?:\/\/[^\s]+$/i.test(address)) return data(address);
  const anchor = /** @type {HTMLAnchorElement} */ (make("a", "", data(address)));
  anchor.href = address;
  anchor.rel = "noopener noreferrer nofollow";
  anchor.target = "_blank";
  return anchor;
}

/** @param {Claim} claim */
function badges(claim) {
  const stance = STANCES.get(claim.stance);
  const row = make("span", "");
  const badge = make("span", `badge b-${stance.style}`, say(stance.name));
  badge.title = say(stance.about);
  row.append(badge);
  if (claim.hedged) row.append(make("span", "badge", word("hedged")));
  if (claim.not) row.append(make("span", "badge b-not", "✕ " + word("negated")));
  if (claim.review) row.append(make("span", "badge b-review", say((REVIEWS.get(claim.review) || {}).name)));
  return row;
}

/** Subject → property → object. @param {Claim} claim */
function sentence(claim) {
  const property = make("span", claim.not ? "property not" : "property", data(say(DATA.terms[claim.p]) || claim.p));
  const role = (claim.narrow || []).find(([name]) => name === "role");
  const object = claim.o ? link(claim.o) : value(claim.v);
  return make("p", "sentence", link(claim.s), " → ", claim.not ? "✕ " : "", property,
    role ? data(bracketed(plain(role[1]))) : "", " → ", object);
}

/** The same as plain words, for lists and screen readers. @param {Claim} claim */
function sentenceText(claim) {
  const object = claim.o ? nameOf(claim.o) : plain(claim.v);
  return `${nameOf(claim.s)} → ${claim.not ? "✕ " : ""}${say(DATA.terms[claim.p]) || claim.p} → ${object}`;
}

/** @param {Words|string[]|string|number|undefined} value */
function plain(value) {
  if (Array.isArray(value)) return value.map(nameOf).join(STATE.lang === "ja" ? "、" : ", ");
  return value && typeof value === "object" ? say(value) : String(value === undefined ? "" : value);
}

/** @param {Words|string[]|string|number|undefined} value */
function value(value) {
  if (!Array.isArray(value)) return data(plain(value));
  const row = make("span");
  value.forEach((id, n) => row.append(n ? (STATE.lang === "ja" ? "、" : ", ") : "", link(id)));
  return row;
}

/** @param {Claim} claim @returns {string} since when, until when, as of when */
function whenOf(claim) {
  const parts = [];
  if (claim.from && claim.from === claim.to) parts.push(claim.from);
  else {
    if (claim.from) parts.push(word("since", { date: claim.from }));
    if (claim.to) parts.push(word("until", { date: claim.to }));
  }
  if (claim.asOf) parts.push(word("as-of", { date: claim.asOf }));
  return parts.join(STATE.lang === "ja" ? "・" : ", ");
}

/** @param {string} text */
function bracketed(text) {
  return STATE.lang === "ja" ? `（${text}）` : ` (${text})`;
}

/** @param {Source|undefined} source @param {string} id */
function sourceTitle(source, id) {
  if (!source) return id;
  const about = [say(source.publisher), source.date].filter(Boolean).join(", ");
  return say(source.title) + (about ? bracketed(about) : "");
}

/** One claim: the sentence, how sure, the gist, and where to look. @param {number} index @param {boolean} full */
function claimCard(index, full) {
  const claim = CLAIMS[index];
  const card = make("article", "claim");
  card.dataset.claim = String(index);
  card.append(sentence(claim), make("p", "", badges(claim)));
  if (claim.not) card.append(make("p", "meta", word("negation")));
  if (claim.gist) card.append(make("p", "gist", data(say(claim.gist))));
  if (claim.quote) {
    const quote = make("blockquote", "", data(claim.quote));
    quote.setAttribute("aria-label", word("quote"));
    card.append(quote);
  }
  const source = SOURCES.get(claim.source);
  if (!full) {
    card.append(make("p", "meta", data(sourceTitle(source, claim.source))));
    card.append(button(word("open-claim"), () => choose({ kind: "claim", id: claimId(index) })));
    return card;
  }
  card.append(details(claim, source));
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
  row(word("source"), data(sourceTitle(source, claim.source)));
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
  const verdict = [say((REVIEWS.get(review) || {}).name)];
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

/** A claim's name in the address: its handle, else its number. @param {number} index */
function claimId(index) {
  return CLAIMS[index].handle || `.${index}`;
}

/** @param {string} id @returns {number} -1 where there is none */
function claimIndex(id) {
  const index = HANDLES.get(id);
  if (index !== undefined) return index;
  const number = /^\.\d+$/.test(id) ? Number(id.slice(1)) : -1;
  return number < CLAIMS.length ? number : -1;
}

/** @param {string} id */
function entityCard(id) {
  const entity = /** @type {Entity} */ (ENTITIES.get(id));
  const card = make("div");
  const theme = (DATA.themes.find((/** @type {{id: string}} */ t) => t.id === entity.theme) || {}).name;
  card.append(make("h2", `k-${entity.kind}`, data(say(entity.name))));
  const about = [say(entity.cls), word(`kind-${entity.kind}`), say(theme), say(entity.existence)].filter(Boolean);
  card.append(make("p", "meta", data(about.join(" / ")), entity.drawn ? "" : bracketed(word("not-drawn"))));
  const forms = [...new Set([...Object.values(entity.name), entity.reading || "", ...(entity.also || [])])];
  const others = forms.filter((form) => form && form !== say(entity.name));
  if (others.length) card.append(make("p", "meta", word("also") + (STATE.lang === "ja" ? "：" : ": "), data(others.join(" / "))));
  if (entity.note) card.append(make("p", "", data(say(entity.note))));
  if (entity.host) card.append(make("p", "meta", word("entity-host") + (STATE.lang === "ja" ? "：" : ": "), link(entity.host)));
  const folded = DATA.entities.filter((/** @type {Entity} */ e) => e.host === id);
  if (folded.length) {
    const chips = make("div", "chips");
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

/** What the panel shows for a choice, or null if the data has no such thing. @param {Choice} choice */
function cardFor(choice) {
  if (choice.kind === "node") return ENTITIES.has(choice.id) ? entityCard(choice.id) : null;
  if (choice.kind === "line") return LINES.has(choice.id) ? lineCard(choice.id) : null;
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

/** Text as it is compared in search: width, case and kana folded, blanks dropped. @param {string} text */
function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g, (kana) =>
    String.fromCharCode(kana.charCodeAt(0) - 0x60)).replace(/[\s・･.,'’"“”()（）「」『』\-‐‑–—_]/g, "");
}

/** @type {Array<{id: string, forms: string[], ties: number}>} */
const INDEX = DATA.entities.map((/** @type {Entity} */ e) => ({
  id: e.id,
  forms: [...Object.values(e.name), ...(e.also || []), e.reading || "", e.id].map(fold).filter(Boolean),
  ties: (ABOUT.get(e.id) || []).length,
}));

/** Entities whose name holds the text, best first. @param {string} text */
function search(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const found = [];
  for (const { id, forms, ties } of INDEX) {
    const ranks = forms.map((form) => (form === wanted ? 0 : form.startsWith(wanted) ? 1 : form.includes(wanted) ? 2 : 9));
    const rank = Math.min(...ranks, 9);
    if (rank < 9) found.push({ id, rank, ties });
  }
  found.sort((a, b) => a.rank - b.rank || b.ties - a.ties || (a.id < b.id ? -1 : 1));
  return found.map((entry) => entry.id);
}
