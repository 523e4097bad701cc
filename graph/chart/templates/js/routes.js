// Routes between two entities, as `path` finds them (explore/paths.py): over claims, in either direction, never through
// a document that makes the claims; each as sure as its weakest link. The shorter first; of one length the surer.

const MOST_HOPS = 8, MOST_ROUTES = 12, MOST_STEPS = 60000;
const OVERSEEING = ["oversees", "regulates", "amends"];

/**
 * @typedef {{one: string, other: string, claims: number[]}} Link two neighbours, and what ties them, the surest first
 * @typedef {{nodes: string[], links: Link[], doubt: number}} Route
 * @typedef {{routes: Route[], reach: [string[], string[]]}} Ways `reach`: what each end reaches, where there is no route
 */

/** Whether a claim can be walked. @param {Claim} claim */
function walkable(claim) {
  return !claim.not && claim.review !== "candidate" && claimShown(claim);
}

/** Whether an entity is a document that claims come from: it speaks of everything, and so ties nothing. @param {string} id */
function tells(id) {
  return Boolean((ENTITIES.get(id) || {}).doc);
}

/** Who is next to an entity, over what. @param {string} id @returns {Map<string, number[]>} */
function linksOf(id) {
  /** @type {Map<string, number[]>} */ const found = new Map();
  for (const index of TIES.get(id) || []) {
    const other = otherEnd(index, id);
    if (!walkable(CLAIMS[index]) || tells(id) || tells(other)) continue;
    push(found, other, index);
  }
  return found;
}

/** @param {string} start @returns {Map<string, number>} how many links lie between */
function distances(start) {
  const far = new Map([[start, 0]]);
  let edge = [start];
  for (let hops = 1; edge.length && hops <= MOST_HOPS; hops += 1) {
    const next = [];
    for (const id of edge) {
      for (const other of linksOf(id).keys()) {
        if (!far.has(other)) {
          far.set(other, hops);
          next.push(other);
        }
      }
    }
    edge = next;
  }
  return far;
}

/** All shortest routes and those one link longer, at most MOST_ROUTES. @param {string} from @param {string} to @returns {Ways} */
function waysBetween(from, to) {
  const far = distances(to);
  const shortest = far.get(from);
  if (!shortest) return { routes: [], reach: [reached(distances(from), from), reached(far, to)] };
  /** @type {Route[]} */ const routes = [];
  for (const length of [shortest, shortest + 1]) {
    let steps = 0;
    /** @param {string} id @param {Link[]} way @param {Set<string>} seen */
    const walk = (id, way, seen) => {
      if (id === to) {
        if (way.length === length) routes.push(routeOf(from, way));
        return;
      }
      for (const [other, claims] of linksOf(id)) {
        const left = far.get(other);
        if (seen.has(other) || left === undefined || way.length + 1 + left > length || (steps += 1) > MOST_STEPS) continue;
        claims.sort((a, b) => doubtOf(CLAIMS[a]) - doubtOf(CLAIMS[b]) || (claimId(a) < claimId(b) ? -1 : 1));
        walk(other, [...way, { one: id, other, claims }], new Set([...seen, other]));
      }
    };
    if (length <= MOST_HOPS) walk(from, [], new Set([from]));
  }
  routes.sort(byOrder);
  return { routes: routes.slice(0, MOST_ROUTES), reach: [[], []] };
}

/** @param {Map<string, number>} far @param {string} id */
function reached(far, id) {
  return [...far.keys()].filter((other) => other !== id).sort((a, b) => Number(far.get(a)) - Number(far.get(b)) || (a < b ? -1 : 1));
}

/** @param {string} from @param {Link[]} links @returns {Route} */
function routeOf(from, links) {
  return { nodes: [from, ...links.map((link) => link.other)], links, doubt: Math.max(...links.map((link) => doubtOf(CLAIMS[link.claims[0]]))) };
}

/** @param {Route} a @param {Route} b */
function byOrder(a, b) {
  if (a.links.length !== b.links.length) return a.links.length - b.links.length;
  const [one, other] = [a, b].map((route) => route.links.map((link) => doubtOf(CLAIMS[link.claims[0]])).sort((x, y) => y - x));
  for (let n = 0; n < one.length; n += 1) if (one[n] !== other[n]) return one[n] - other[n];
  return a.nodes.join("|") < b.nodes.join("|") ? -1 : 1;
}

/** The links than which none is less sure. @param {Route} route */
function weakestOf(route) {
  return route.links.filter((link) => doubtOf(CLAIMS[link.claims[0]]) === route.doubt);
}

/** Links by which one body merely oversees: they tie no overseen to another (explore/beside.py). @param {Route} route */
function overseersOf(route) {
  const ends = [route.nodes[0], route.nodes[route.nodes.length - 1]];
  return route.links.filter((link) => link.claims.every((index) =>
    OVERSEEING.includes(CLAIMS[index].p) && !ends.includes(CLAIMS[index].s)));
}

/** @param {string} id */
function classOf(id) {
  return say((ENTITIES.get(id) || {}).cls) || id;
}

/**
 * What is denied between entities of a route, or between one of them and a thing of the same kind as the other end.
 * @param {Route} route @returns {number[]}
 */
function denialsBeside(route) {
  const ends = [route.nodes[0], route.nodes[route.nodes.length - 1]];
  const found = new Set();
  for (const id of route.nodes) {
    const alike = ends.filter((end) => end !== id).map(classOf);
    for (const index of TIES.get(id) || []) {
      const other = otherEnd(index, id);
      const claim = CLAIMS[index];
      if (!claim.not || claim.review === "candidate") continue;
      if (route.nodes.includes(other) || alike.includes(classOf(other))) found.add(index);
    }
  }
  return [...found].sort((a, b) => doubtOf(CLAIMS[a]) - doubtOf(CLAIMS[b]) || a - b);
}
