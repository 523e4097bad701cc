// A claim or a source as a citation: plain text, BibTeX, CSL JSON.

/** The kinds of BibTeX and CSL for what has a publisher and an address, and no more. */
const CITED_AS = { bibtex: "misc", csl: "document" };

/** @param {string} date 2016-03 @returns {number[]} */
function dateParts(date) {
  return date.split("-").map(Number);
}

/** The address of this page with what is chosen, where it has one that others can open. */
function pageAddress() {
  return /^https?:$/.test(location.protocol) ? location.href : "";
}

/** A source as one line of text. @param {Source} source */
function sourceCitation(source) {
  const ja = STATE.lang === "ja";
  const parts = [say(source.publisher), ja ? `「${say(source.title)}」` : `“${say(source.title)}”`, source.date ? dateText(source.date) : "",
    (source.addresses || [])[0] || (source.elsewhere || [])[0] || ""];
  return parts.filter(Boolean).join(ja ? "、" : ", ");
}

/** A claim as text: what it says, how sure its source is of it, whose words, where. @param {Claim} claim @param {number} index */
function claimCitation(claim, index) {
  const ja = STATE.lang === "ja";
  const source = SOURCES.get(claim.source);
  const places = (claim.passages || []).map(([start, end]) => word("characters", { start, end }));
  if (claim.place) places.push(say(claim.place));
  const stance = [stanceName(claim), claim.not ? word("negated") : "", claim.review ? reviewName(claim.review) : ""];
  const voice = claim.voice && claim.voice !== ".curator" ? `${word("voice")}${ja ? "：" : ": "}${nameOf(claim.voice)}` : "";
  const sure = bracketed([stance.filter(Boolean).join(ja ? "・" : ", "), voice].filter(Boolean).join(ja ? "、" : "; "));
  const from = [source ? sourceCitation(source) : claim.source, ...places].join(ja ? "、" : ", ");
  const chart = `${document.title} ${claimId(index)}${pageAddress() && " <" + pageAddress() + ">"}`;
  return `${say(claim.gist) || sentenceText(claim)}${sure} ${from}. ${word("cited-in", { chart })}`;
}

/** What BibTeX would take for a command. @param {string} text */
function braced(text) {
  return text.replace(/[\\{}\p{Cc}\u2028\u2029]+/gu, " ").trim().replace(/[#$%&_^~]/g, (mark) => (mark === "~" || mark === "^" ? `\\${mark}{}` : `\\${mark}`));
}

/** @param {Source} source @returns {string} a BibTeX entry */
function bibtexOf(source) {
  const [year, month] = source.date ? source.date.split("-") : [];
  const address = (source.addresses || [])[0];
  const fields = [["title", braced(say(source.title))], ["author", source.publisher ? `{${braced(say(source.publisher))}}` : ""], ["year", year], ["month", month],
    ["howpublished", address ? `\\url{${address.replace(/[{}\\]/g, encodeURIComponent)}}` : ""], ["note", source.grade ? braced(say(source.grade)) : ""]];
  const told = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@${CITED_AS.bibtex}{${source.id.replace(/[^\w:-]/g, "-")},\n${told.join(",\n")}\n}\n`;
}

/** @param {Source} source @returns {Object<string, unknown>} an item of CSL JSON */
function cslOf(source) {
  const address = (source.addresses || [])[0];
  return {
    id: source.id, type: address ? "webpage" : CITED_AS.csl, title: say(source.title),
    ...(source.publisher ? { author: [{ literal: say(source.publisher) }], publisher: say(source.publisher) } : {}),
    ...(source.date ? { issued: { "date-parts": [dateParts(source.date)] } } : {}),
    ...(address ? { URL: address } : {}),
  };
}

/** Whether a source has what an entry of a bibliography needs. @param {Source|undefined} source */
function citable(source) {
  return Boolean(source && say(source.title) && (source.publisher || source.date || (source.addresses || []).length));
}

/** Copy text, and say so on the button that was pressed. @param {string} text @param {HTMLElement} pressed */
function copy(text, pressed) {
  const told = () => {
    const before = pressed.textContent;
    pressed.textContent = word("copied");
    window.setTimeout(() => { pressed.textContent = before; }, 1400);
  };
  const byHand = () => { // where the browser keeps the clipboard from a page
    const field = /** @type {HTMLTextAreaElement} */ (make("textarea", "unseen"));
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    pressed.focus();
    told();
  };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(told, byHand);
  else byHand();
}

/** A button that copies. @param {string} code its word @param {() => string} text */
function copier(code, text) {
  const element = button(word(code), () => copy(text(), element));
  return element;
}

/** The buttons that copy a claim as a citation. @param {number} index */
function citeRow(index) {
  const claim = CLAIMS[index], source = SOURCES.get(claim.source);
  const row = make("div", "chips cite", copier("cite", () => claimCitation(claim, index)));
  if (source && citable(source)) row.append(copier("bibtex", () => bibtexOf(source)), copier("csl", () => `${JSON.stringify([cslOf(source)], null, 2)}\n`));
  return row;
}
