// What the page is made of: its data, its state, its words, and how an element is made. Everything that comes
// from the data goes into the page as text (textContent), never as markup.

/**
 * @typedef {Object<string, string>} Words by language
 * @typedef {{id: string, name: Words, label?: Words, also?: string[], reading?: string, cls: Words, kind: string,
 *   theme?: string, made?: boolean, existence?: Words, note?: Words, drawn?: boolean, host?: string, doc?: boolean}} Entity
 *   `label`: a shorter form that the chart prints; `doc`: a document that claims come from; `made`: a theme by machine
 * @typedef {{id: string, title: Words, publisher?: Words, date?: string, addresses?: string[], elsewhere?: string[],
 *   grade?: Words, read?: Words, note?: Words}} Source
 * @typedef {{by: string, gist: Words, date?: string, address?: string}} Reply
 * @typedef {{s: string, p: string, o?: string, v?: Words|string|number, stance: string, not?: boolean, hedged?: boolean,
 *   source: string, passages?: number[][], place?: Words, handle?: string, voice?: string, via?: string[], from?: string,
 *   to?: string, asOf?: string, narrow?: Array<[string, Words|string[]|string|number]>, gist?: Words, quote?: string,
 *   cue?: string, basedOn?: string[], method?: string, review?: string, reviewedOn?: string, note?: Words,
 *   reason?: Words, replies?: Reply[], origin?: number, around?: string[]}} Claim
 *   `origin`: which of the independent sources of what it says; `around`: what stands before and after the quote
 * @typedef {{id: string, s: string, o: string, claims: number[]}} Line
 * @typedef {{kind: "node"|"line"|"claim"|"source", id: string}} Choice
 * @typedef {{lang: string, view: "picture"|"list"|"time"|"analysis", choice: Choice|null, only: string, at: string|null, undated: boolean,
 *   near: string[], kept: Set<string>, gone: Set<string>, open: Set<string>, central: boolean,
 *   route: {from: string, to: string, nth: number|null}|null, story: {id: string, step: number}|null}} State
 *   `only`: a source, as if there were no other; `at`: a date, "" for any, null where the slider is closed; `near`: whose neighbourhood is drawn; `kept`: entities
 *   that stay in every picture; `gone`: hidden ones; `open`: unfolded ones; `nth`: one of the routes, null for all
 * @typedef {{id: string, name: Words, about?: Words}} Value of a scheme: a verdict
 * @typedef {Value & {style: string}} Stance `style`: the form of its lines
 * @typedef {{id: string, name: Words, made?: boolean}} Theme
 * @typedef {{title?: Words, caption: Words, claims: number[], entities: string[], theme?: string, focus?: Choice,
 *   weakest: string, disputed: boolean}} StoryStep
 * @typedef {{id: string, title: Words, intro?: Words, steps: StoryStep[]}} Story
 * @typedef {{lang: string, words: Object<string, Words>, kinds: string[], themes: Theme[], stances: Stance[], reviews: Value[],
 *   terms: Object<string, Words>, classes: Words[], grades: Words[], entities: Entity[],
 *   sources: Source[], spots: Words[], claims: Claim[], past: string[], lines: Line[], stories?: Story[],
 *   left?: number, counts: Object<"kind"|"theme"|"stance"|"mark"|"review"|"method", Object<string, number>>,
 *   central?: {spots: Object<string, [number, number]>}, analyses?: {brokers: Array<{id: string, near: number, falls: Array<[number, string[]]>, claims: number[]}>,
 *     sitters: Array<{id: string, doors: string[], sides: Array<{kind: string, seats: Array<[string, number[]]>}>}>}}} PageData
 *   `central` and `analyses` are in chart.html alone
 */

/** @type {PageData} */
const DATA = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}");
/** @param {number|string|undefined} place an entity's, or an id @returns {string|undefined} */
function idAt(place) {
  return typeof place === "number" ? DATA.entities[place].id : place;
}

for (const claim of /** @type {any[]} */ (DATA.claims)) { // named by their places, which takes a third less room
  for (const name of ["s", "o", "voice"]) claim[name] = idAt(claim[name]);
  if (claim.via) claim.via = claim.via.map(idAt);
  if (typeof claim.source === "number") claim.source = DATA.sources[claim.source].id;
  claim.stance = DATA.stances[claim.stance].id;
  claim.place = DATA.spots[claim.place];
}
for (const entity of /** @type {any[]} */ (DATA.entities)) {
  entity.cls = DATA.classes[entity.cls];
  entity.host = idAt(entity.host);
  entity.kind = DATA.kinds[entity.kind];
  entity.theme = (DATA.themes[entity.theme] || {}).id;
}
DATA.lines.forEach((line, n) => {
  const { s, o } = DATA.claims[line.claims[0]];
  Object.assign(line, { id: line.id || `l${n}`, s, o });
});
for (const source of /** @type {any[]} */ (DATA.sources)) source.grade = DATA.grades[source.grade];
const ENTITIES = new Map(DATA.entities.map((e) => [e.id, e]));
const SOURCES = new Map(DATA.sources.map((s) => [s.id, s]));
const LINES = new Map(DATA.lines.map((l) => [l.id, l]));
const CLAIMS = DATA.claims;
const STANCES = new Map(DATA.stances.map((s) => [s.id, s]));
const REVIEWS = new Map(DATA.reviews.map((r) => [r.id, r]));
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

/** What the page shows now; chart.js and network.js keep it in the address. @type {State} */
const STATE = {
  lang: DATA.lang, view: "picture", choice: null, only: "", at: null, undated: true, near: [], kept: new Set(), gone: new Set(), open: new Set(),
  central: false, route: null, story: null,
};

/** What a page adds to the panel's cards and to the search. */
const MORE = {
  entity: /** @type {(id: string) => Array<HTMLElement>} */ (() => []),
  source: /** @type {(id: string) => Array<HTMLElement>} */ (() => []),
  /** What the search offers before anything is typed, and what follows when one is taken. */
  offers: /** @type {() => string[]} */ (() => []),
  take: /** @type {(id: string) => void} */ ((id) => choose({ kind: "node", id })),
};

/** @template {HTMLElement} T @param {string} id @returns {T} */
function at(id) {
  return /** @type {T} */ (document.getElementById(id));
}

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

/** What stands between the members of a list. */
function comma() {
  return STATE.lang === "ja" ? "、" : ", ";
}

/** What stands between a heading and what it heads. */
function colon() {
  return STATE.lang === "ja" ? "：" : ": ";
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

/** Give an element other children; what had the keyboard's focus in it has it again, if it is still there. @param {HTMLElement} element @param {...(string|Node)} inside */
function refill(element, ...inside) {
  const reach = () => /** @type {HTMLElement[]} */ ([...element.querySelectorAll("button, input, summary")]);
  const held = reach().findIndex((one) => one === document.activeElement);
  element.replaceChildren(...inside);
  if (held >= 0) reach()[held]?.focus({ preventScroll: true });
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

/** @param {string} id @returns {Stance} */
function stanceAt(id) {
  return /** @type {Stance} */ (STANCES.get(id));
}

/** @param {Claim} claim */
function stanceName(claim) {
  return say(stanceAt(claim.stance).name);
}

/** @param {string} id */
function reviewName(id) {
  return say(REVIEWS.get(id)?.name);
}

/** @param {Claim} claim */
function badges(claim) {
  const stance = stanceAt(claim.stance);
  const row = make("span", "");
  const badge = make("span", `badge b-${stance.style}`, say(stance.name));
  badge.title = say(stance.about);
  row.append(badge);
  if (claim.hedged) row.append(make("span", "badge", word("hedged")));
  if (claim.not) row.append(make("span", "badge b-not", "✕ " + word("negated")));
  if (claim.review) row.append(make("span", "badge b-review", reviewName(claim.review)));
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
  if (Array.isArray(value)) return value.map(nameOf).join(comma());
  return value && typeof value === "object" ? say(value) : String(value === undefined ? "" : value);
}

/** @param {Words|string[]|string|number|undefined} value */
function value(value) {
  if (!Array.isArray(value)) return data(plain(value));
  const row = make("span");
  value.forEach((id, n) => row.append(n ? comma() : "", link(id)));
  return row;
}

/** @param {Claim} claim @returns {string} since when, until when, as of when */
function whenOf(claim) {
  const parts = [];
  if (claim.from && claim.from === claim.to) parts.push(claim.from);
  else {
    if (claim.from) parts.push(word(!claim.to && DATA.past.includes(claim.p) ? "since-over" : "since", { date: claim.from }));
    if (claim.to) parts.push(word("until", { date: claim.to }));
  }
  if (claim.asOf) parts.push(word("as-of", { date: claim.asOf }));
  return parts.join(STATE.lang === "ja" ? "・" : ", ");
}

/** @param {string} text */
function bracketed(text) {
  return STATE.lang === "ja" ? `（${text}）` : ` (${text})`;
}

/** A source's title that opens all it says. @param {string} id */
function sourceLink(id) {
  const source = SOURCES.get(id);
  return source ? button(sourceTitle(source, id), () => choose({ kind: "source", id }), "name") : data(id);
}

/** @param {Source|undefined} source @param {string} id */
function sourceTitle(source, id) {
  if (!source) return id;
  const about = [say(source.publisher), source.date].filter(Boolean).join(", ");
  return say(source.title) + (about ? bracketed(about) : "");
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
