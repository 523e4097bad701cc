// Names found, whatever script, width or kana they are typed in.

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
