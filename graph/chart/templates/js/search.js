// Names found, whatever script, width or kana they are typed in; by their sound in Latin letters; with a slip or two.

/** Text as it is compared in search: width, case, accents and kana folded, blanks and marks dropped. @param {string} text */
function fold(text) {
  return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\s・･.,'’"“”()（）「」『』\-‐‑–—_ー~〜]/g, "");
}

/** Kana in Latin letters, by rows of the table of sounds. */
const SOUNDS = (() => {
  const rows = { "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも",
    y: "や ゆ よ", r: "らりるれろ", w: "わゐ ゑを", g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ" };
  const sounds = new Map([["ん", "n"], ["ゔ", "bu"], ["ゃ", "ya"], ["ゅ", "yu"], ["ょ", "yo"], ["ぁ", "a"], ["ぃ", "i"], ["ぅ", "u"], ["ぇ", "e"], ["ぉ", "o"]]);
  for (const [row, kana] of Object.entries(rows)) [...kana].forEach((one, n) => { if (one !== " ") sounds.set(one, row + "aiueo"[n]); });
  return sounds;
})();
/** Spellings of one sound: Hepburn and others, without long vowels. @type {Array<[RegExp, string]>} */
const SPELLINGS = [[/tch/g, "tty"], [/sh(?=[aueo])/g, "sy"], [/ch(?=[aueo])/g, "ty"], [/j(?=[aueo])/g, "zy"], [/shi/g, "si"], [/chi/g, "ti"], [/tsu/g, "tu"],
  [/fu/g, "hu"], [/ji|di/g, "zi"], [/du|dzu/g, "zu"], [/m(?=[bp])/g, "n"], [/o[uo]+|oh(?![aiueo])/g, "o"], [/u{2,}/g, "u"], [/a{2,}/g, "a"], [/ei|e{2,}/g, "e"],
  [/i{2,}/g, "i"], [/([iktsnhmrgzdbp])y\1?(?=[auo])/g, "$1y"]];

/** How a name sounds, in Latin letters; "" where it holds what has no sound of its own, as kanji. @param {string} text folded */
function soundOf(text) {
  if (/[^a-z\u3041-\u3096]/.test(text)) return "";
  let sound = "";
  for (const kana of text) {
    if (/[ゃゅょ]/.test(kana) && /i$/.test(sound)) sound = sound.slice(0, -1);
    const one = SOUNDS.get(kana) || (kana === "っ" ? "" : kana);
    sound += one;
  }
  sound = sound.replace(/([kstpgzdbc])\1+/g, "$1");
  for (const [spelling, one] of SPELLINGS) sound = sound.replace(spelling, one);
  return sound;
}

/**
 * Names as they are compared and as they sound, made when the first search wants them.
 * @type {Array<{id: string, forms: string[], sounds: string[], ties: number}>|null}
 */
let indexed = null;
function names() {
  indexed = indexed || DATA.entities.map((e) => {
    const forms = [...Object.values(e.name), ...(e.also || []), e.reading || "", e.id].map(fold).filter(Boolean);
    const kana = forms.flatMap((form) => form.match(/[\u3041-\u3096]{3,}/g) || []); // also マイナンバー of マイナンバー制
    return { id: e.id, forms, sounds: [...new Set(kana.map(soundOf))].filter((sound) => sound.length > 2), ties: (ABOUT.get(e.id) || []).length };
  });
  return indexed;
}

/** How well a name fits what was typed: 0 the same, then begins so, holds it, sounds so; 9 not at all. @param {string} form @param {string} wanted */
function fits(form, wanted) {
  return form === wanted ? 0 : form.startsWith(wanted) ? 1 : form.includes(wanted) ? 2 : 9;
}

/** Whether the letters of one come in another in their order, and make a good part of it. @param {string} part @param {string} whole */
function abbreviates(part, whole) {
  if (part.length < 3 || part.length * 3 < whole.length || part[0] !== whole[0]) return false;
  let at = -1;
  return [...part].every((letter) => (at = whole.indexOf(letter, at + 1)) >= 0);
}

/** How many letters must change, be added, dropped or swapped; more than `most` counts as most + 1. @param {string} a @param {string} b @param {number} most */
function slips(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [/** @type {number[]} */ ([]), Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** Entities whose name holds the text, best first; where none does, those that were probably meant. @param {string} text */
function search(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const sound = /[a-z]/.test(wanted) && wanted.length > 2 ? soundOf(wanted) : "";
  /** @param {(entry: {forms: string[], sounds: string[]}) => number} rankOf */
  const ranked = (rankOf) => names().map((entry) => ({ ...entry, rank: rankOf(entry) })).filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank || b.ties - a.ties || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
  const found = ranked(({ forms, sounds }) => Math.min(9, ...forms.map((form) => fits(form, wanted)),
    ...(sound.length > 2 ? sounds.map((form) => Math.min(9, fits(form, sound) + 2.5)) : [])));
  if (found.length || wanted.length < 3) return found;
  const most = wanted.length < 8 ? 1 : 2;
  return ranked(({ forms, sounds }) => Math.min(9, ...forms.map((form) => {
    if (abbreviates(wanted, form)) return 4;
    const far = slips(wanted, form, most);
    return far <= most ? 4 + far : 9;
  }), ...(sound.length > 3 ? sounds.map((form) => (slips(sound, form, most) <= most ? 8 : 9)) : [])));
}
