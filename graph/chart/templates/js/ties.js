// What joins whom: lines between any entities, as the first picture bundles them, and who stands next to whom.

/** Claims that join two entities, by either of them. @type {Map<string, number[]>} */
const TIES = new Map();
CLAIMS.forEach((claim, index) => {
  if (!claim.o || claim.o === claim.s || !ENTITIES.has(claim.s) || !ENTITIES.has(claim.o)) return;
  push(TIES, claim.s, index);
  push(TIES, claim.o, index);
});
const RANKS = DATA.stances.map((stance) => stance.id);
const DOUBTS = ["accepted", "disputed", "candidate"];

/** @param {Claim} claim */
function rankOf(claim) {
  return RANKS.indexOf(claim.stance);
}

/**
 * How sure a claim is, the smaller the surer: our own doubt counts first, then the source's stance, then whether it is
 * hedged (explore/ties.py).
 * @param {Claim} claim @returns {number}
 */
function doubtOf(claim) {
  const doubt = DOUBTS.indexOf(claim.review || "accepted");
  return (doubt < 0 ? 2 : doubt) * 100 + rankOf(claim) * 2 + (claim.hedged ? 1 : 0);
}

/** @param {number} index @param {string} id @returns {string} the end of a claim that is not `id` */
function otherEnd(index, id) {
  const claim = CLAIMS[index];
  return claim.s === id ? String(claim.o) : claim.s;
}

/**
 * The lines between any of these entities that the filter lets through: claims of one property in one direction make
 * one line; what is denied makes its own.
 * @param {Set<string>} ids @param {Set<number>} [only] these claims, whatever the filter says @returns {Line[]}
 */
function linesAmong(ids, only) {
  /** @type {Map<string, Line>} */ const lines = new Map();
  const indexes = new Set([...ids].flatMap((id) => TIES.get(id) || []));
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const claim = CLAIMS[index];
    if (!ids.has(claim.s) || !ids.has(String(claim.o)) || !(only ? only.has(index) : claimShown(claim))) continue;
    const id = `~${claim.s}|${claim.p}|${claim.o}|${claim.not ? "not" : ""}`;
    const line = lines.get(id);
    if (line) line.claims.push(index);
    else lines.set(id, { id, s: claim.s, o: String(claim.o), claims: [index] });
  }
  for (const line of lines.values()) LINES.set(line.id, line);
  return [...lines.values()];
}

/**
 * What a line looks like: as sure as the surest of its claims; a candidate lends no certainty to what we accepted.
 * `origins` is how many independent sources stand behind it.
 * @param {Line} line
 */
function lookOf(line) {
  const claims = line.claims.map((index) => CLAIMS[index]);
  const settled = claims.filter((claim) => claim.review !== "candidate");
  const stance = (settled.length ? settled : claims).reduce((best, claim) =>
    (rankOf(claim) < rankOf(best) ? claim : best)).stance;
  return {
    stance: stanceAt(stance),
    not: Boolean(claims[0].not),
    disputed: claims.some((claim) => claim.review === "disputed"),
    candidate: !settled.length,
    origins: new Set(claims.map((claim) => claim.origin || 0)).size,
  };
}

/** A label without its asides, where it is long. @param {string} label */
function brief(label) {
  const bare = label.replace(/\s*(?:（[^（）]*）|\([^()]*\))\s*/g, " ").trim();
  return bare && widthOf(label, 10) > 90 ? bare : label;
}

/** What is printed on a line: struck, the role or the property, the stance, how many claims, a doubt of ours. @param {Line} line */
function labelOf(line) {
  const claims = line.claims.map((index) => CLAIMS[index]);
  const look = lookOf(line);
  let label = say(DATA.terms[claims[0].p]) || claims[0].p;
  /** @type {Map<string, {role: Words, count: number}>} */ const roles = new Map();
  for (const claim of claims) {
    const role = new Map(claim.narrow || []).get("role");
    if (!role || typeof role !== "object" || Array.isArray(role)) continue;
    const key = JSON.stringify(role);
    roles.set(key, { role, count: (roles.get(key) || { count: 0 }).count + 1 });
  }
  const first = (/** @type {Words} */ role) => role.ja || role.en || "";
  const [most] = [...roles.values()].sort((a, b) => b.count - a.count || (first(a.role) > first(b.role) ? -1 : 1));
  if (most && most.count * 2 >= claims.length) {
    const former = DATA.past.includes(claims[0].p), rest = roles.size > 1, role = brief(say(most.role));
    label = STATE.lang === "ja" ? `${former ? "元" : ""}${role}${rest ? "ほか" : ""}` : `${former ? "former " : ""}${role}${rest ? ", and others" : ""}`;
  } else label = brief(label);
  const told = [look.stance.id === "stated" ? "" : say(look.stance.name).split("・")[0], look.candidate ? word("candidate") : ""].filter(Boolean);
  const sure = told.length ? bracketed(told.join(STATE.lang === "ja" ? "・" : ", ")) : "";
  return `${look.not ? "✕" : ""}${label}${sure}${claims.length > 1 ? " ×" + claims.length : ""}${look.disputed ? "？" : ""}`;
}

/**
 * Who stands next to these entities, the closest first: many and sure claims draw near, a document that tells of
 * everything does not.
 * @param {Iterable<string>} ids @returns {string[]}
 */
function neighboursOf(ids) {
  const inside = new Set(ids);
  /** @type {Map<string, number>} */ const pull = new Map();
  for (const id of inside) {
    for (const index of TIES.get(id) || []) {
      const other = otherEnd(index, id);
      if (inside.has(other) || !claimShown(CLAIMS[index])) continue;
      const about = /** @type {Entity} */ (ENTITIES.get(other));
      const weight = (doubtOf(CLAIMS[index]) < 4 ? 1 : 0.6) * (about.doc ? 0.1 : 1);
      pull.set(other, (pull.get(other) || 0) + weight);
    }
  }
  return [...pull.keys()].sort((a, b) => Number(pull.get(b)) - Number(pull.get(a)) || (a < b ? -1 : 1));
}
