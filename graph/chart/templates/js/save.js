// What can be taken away: the picture as SVG and PNG, a print sheet, the statements as CSV, the sources as a
// bibliography, and the address of what is seen.

const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "text-anchor", "paint-order"];

/** @param {string} name @param {Blob} blob */
function save(name, blob) {
  const anchor = /** @type {HTMLAnchorElement} */ (make("a"));
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  window.setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
}

/** The picture that is seen, by itself: its looks written into it, a title above, a legend and the notice below. */
function standalone() {
  const seen = /** @type {SVGSVGElement|null} */ (sheet().querySelector("svg"));
  if (!seen) return null;
  const copy = /** @type {SVGSVGElement} */ (seen.cloneNode(true));
  const [ones, others] = [seen, copy].map((svg) => /** @type {SVGElement[]} */ ([...svg.querySelectorAll("*")]));
  /** @type {SVGElement[]} */ const gone = [];
  ones.forEach((one, n) => {
    const other = others[n], style = getComputedStyle(one);
    if (one.classList.contains("hit") || style.display === "none") gone.push(other);
    for (const look of LOOKS) other.style.setProperty(look, style.getPropertyValue(look));
    for (const name of ["tabindex", "role", "class"]) other.removeAttribute(name);
  });
  for (const one of gone) one.remove();
  const { width, height } = seen.viewBox.baseVal;
  const paper = getComputedStyle(document.documentElement);
  const ink = paper.getPropertyValue("--ink").trim(), soft = paper.getPropertyValue("--soft").trim();
  const inside = shape("g", { transform: "translate(12 44)" }, ...copy.childNodes);
  const text = (/** @type {string} */ words, /** @type {number} */ y, /** @type {number} */ size, /** @type {string} */ fill, weight = 400) => {
    const line = shape("text", { x: 14, y, "font-size": size, fill, "font-weight": weight, "font-family": FONT });
    line.textContent = words;
    return line;
  };
  const legend = stanceKeys(height + 62, ink);
  const whole = shape("svg", { viewBox: `0 0 ${width + 24} ${height + 92}`, width: width + 24, height: height + 92, lang: STATE.lang },
    shape("rect", { width: width + 24, height: height + 92, fill: paper.getPropertyValue("--paper").trim() }),
    text(document.title, 28, 18, ink, 700), inside, legend, text(word("notice"), height + 82, 10.5, soft));
  whole.setAttribute("xmlns", SVG);
  return { svg: new XMLSerializer().serializeToString(whole), w: width + 24, h: height + 92 };
}

/** The forms of the lines that the picture has, in a row. @param {number} y @param {string} ink */
function stanceKeys(y, ink) {
  const group = shape("g", {});
  let x = 14;
  for (const stance of DATA.stances) {
    if (!DATA.counts.stance[stance.id] || OFF.stance.has(stance.id)) continue;
    const sample = shape("g", { transform: `translate(${x} ${y})` });
    const seen = document.querySelector(`#keys .line.s-${stance.style} .stroke`);
    const line = shape("path", { d: "M0,-4H26", fill: "none", stroke: ink, "stroke-width": 1.5 });
    if (seen) for (const look of ["stroke", "stroke-dasharray"]) line.style.setProperty(look, getComputedStyle(seen).getPropertyValue(look));
    const label = shape("text", { x: 31, y: 0, "font-size": 11, fill: ink, "font-family": FONT });
    label.textContent = say(stance.name);
    sample.append(line, label);
    group.append(sample);
    x += 31 + widthOf(say(stance.name), 11) + 18;
  }
  return group;
}

/** @param {string} ending */
function fileName(ending) {
  return `${document.title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").trim().slice(0, 60) || "chart"}.${ending}`;
}

function saveSvg() {
  const picture = standalone();
  if (picture) save(fileName("svg"), new Blob([picture.svg], { type: "image/svg+xml" }));
}

function savePng() {
  const picture = standalone();
  if (!picture) return;
  const scale = Math.min(3, 8000 / Math.max(picture.w, picture.h));
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = /** @type {HTMLCanvasElement} */ (make("canvas"));
    canvas.width = picture.w * scale;
    canvas.height = picture.h * scale;
    const ink = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    ink.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => { if (blob) save(fileName("png"), blob); }, "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
}

/** A cell of CSV that no spreadsheet takes for a formula. @param {string} text */
function cell(text) {
  return `"${((/^\s*[=+\-@＝＋－＠]/.test(text) ? "'" : "") + text).replace(/"/g, '""')}"`;
}

/** The statements that the filter lets through, as CSV. */
function saveCsv() {
  const head = COLUMNS.map(([name]) => word(`column-${name}`));
  const rows = CLAIMS.map((claim, index) => ({ claim, index })).filter(({ claim }) => claimShown(claim)).map(({ claim, index }) =>
    [...COLUMNS.map(([, text]) => text(claim)), claim.review ? reviewName(claim.review) : "", claimId(index)]);
  const lines = [[...head, word("review"), word("handle")], ...rows].map((row) => row.map(cell).join(","));
  save(fileName("csv"), new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }));
}

/** The sources of the statements that the filter lets through, with how many each has. @returns {Array<[Source, number]>} */
function sourcesShown() {
  /** @type {Map<string, number>} */ const count = new Map();
  for (const claim of CLAIMS) if (claimShown(claim)) count.set(claim.source, (count.get(claim.source) || 0) + 1);
  return DATA.sources.filter((source) => count.has(source.id)).map((source) => [source, Number(count.get(source.id))]);
}

function saveBibliography() {
  const sources = sourcesShown().map(([source]) => source).filter(citable);
  save(fileName("bib"), new Blob([sources.map(bibtexOf).join("\n")], { type: "application/x-bibtex" }));
}

function saveCsl() {
  const sources = sourcesShown().map(([source]) => source).filter(citable);
  save(fileName("csl.json"), new Blob([JSON.stringify(sources.map(cslOf), null, 2), "\n"], { type: "application/json" }));
}

/** What only the print sheet shows: when it was made, and the sources. */
function fillSheet() {
  const list = make("ol", "");
  for (const [source, count] of sourcesShown()) list.append(make("li", "", data(sourceCitation(source)), make("span", "meta", ` ${word("statements", { count })}`)));
  at("print-sheet").replaceChildren(make("h2", "", word("sources")), list);
}

/** @param {string} code @param {() => void} action */
function menuItem(code, action) {
  return button(word(code), () => {
    /** @type {HTMLDetailsElement} */ (at("more")).open = false;
    action();
  });
}

function fillMenu() {
  const pictured = STATE.view === "picture";
  at("menu").replaceChildren(...(pictured ? [menuItem("save-svg", saveSvg), menuItem("save-png", savePng), menuItem("print", () => window.print())] : []),
    menuItem("save-csv", saveCsv), menuItem("save-bib", saveBibliography), menuItem("save-csl", saveCsl), copier("copy-link", () => location.href));
}

window.addEventListener("beforeprint", fillSheet);
document.addEventListener("click", (event) => {
  const more = /** @type {HTMLDetailsElement} */ (at("more"));
  if (more.open && event.target instanceof Node && !more.contains(event.target)) more.open = false;
});
