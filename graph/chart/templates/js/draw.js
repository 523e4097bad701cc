// Pictures that the page draws by itself: neighbourhoods, routes, who stands in the centre, and what unfolds over the
// first picture. dagre (vendored) lays out; text is measured by the browser in the font that it shows.

const SVG = "http://www.w3.org/2000/svg";
const NAME_SIZE = 11.5, LABEL_SIZE = 11, NAME_LIMIT = 118, LABEL_LIMIT = 76;
const FONT = '"Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo", system-ui, sans-serif';
/** What lays out, made when it is first wanted. @type {typeof dagre|null} */
let layouter = null;
/** What measures text, made when it is first wanted. @type {CanvasRenderingContext2D|null} */
let pencil = null;

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Box its centre and its size
 * @typedef {{id: string, rows: string[], box: Box}} Spot
 * @typedef {{lines: Line[], points: number[][], rows: string[], box: Box, straight: boolean}} Stroke `lines`: several if bundled
 */

/** @param {string} tag @param {Object<string, string|number>} attributes @param {...Node} inside @returns {SVGElement} */
function shape(tag, attributes, ...inside) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
  element.append(...inside);
  return /** @type {SVGElement} */ (element);
}

/** @type {Map<string, number>} */ const WIDTHS = new Map();
/** The width of text in pixels. @param {string} text @param {number} size @param {number} [weight] */
function widthOf(text, size, weight = 400) {
  const key = `${size}/${weight}/${text}`;
  let width = WIDTHS.get(key);
  if (width === undefined) {
    pencil = pencil || /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    pencil.font = `${weight} ${size}px ${FONT}`;
    width = pencil.measureText(text).width;
    WIDTHS.set(key, width);
  }
  return width;
}

/** @type {Map<string, Intl.Segmenter>} */ const SEGMENTERS = new Map();
/** Text in pieces, as the page's language has them. @param {string} text @param {"word"|"grapheme"} granularity @returns {string[]} */
function segmentsOf(text, granularity) {
  if (!Intl.Segmenter) return [...text];
  const key = STATE.lang + granularity;
  const segmenter = SEGMENTERS.get(key) || new Intl.Segmenter(STATE.lang, { granularity });
  SEGMENTERS.set(key, segmenter);
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/**
 * Text in rows of at most so many pixels, broken between words; particles and marks stay with the word before.
 * @param {string} text @param {number} limit @param {number} size @param {number} [most] rows
 */
function rowsOf(text, limit, size, most = 3) {
  if (widthOf(text, size) <= limit) return [text];
  /** @type {string[]} */ const words = [];
  for (const segment of segmentsOf(text, "word")) {
    const glued = words.length && (/^[\p{P}\p{Zs}\u3040-\u309fー々]/u.test(segment) && !/^[（「『(]/.test(segment) || /[（「『(]$/.test(words[words.length - 1]));
    if (glued && widthOf(words[words.length - 1] + segment, size) <= limit) words[words.length - 1] += segment;
    else if (widthOf(segment, size) <= limit) words.push(segment);
    else words.push(...segmentsOf(segment, "grapheme")); // no word is so long
  }
  const rows = [""];
  for (const word of words) {
    const last = rows[rows.length - 1];
    if (last && widthOf(last + word.trimEnd(), size) > limit) {
      if (rows.length === most) {
        rows[most - 1] = `${last.trimEnd()}…`;
        break;
      }
      rows.push("");
    }
    rows[rows.length - 1] += word;
  }
  return rows.map((row) => row.trim());
}

/** The label of an entity as the chart prints it, in rows, the last one saying that it is only proposed, planned … @param {string} id */
function namesOf(id) {
  const entity = /** @type {Entity} */ (ENTITIES.get(id));
  const rows = rowsOf((entity.label || {})[STATE.lang] || say(entity.name), NAME_LIMIT, NAME_SIZE, 4);
  return entity.existence ? [...rows, STATE.lang === "ja" ? `〔${say(entity.existence)}〕` : `[${say(entity.existence)}]`] : rows;
}

/** @param {string} id @returns {Spot} */
function spotOf(id) {
  const rows = namesOf(id);
  const more = hiddenTies(id);
  const w = Math.max(...rows.map((row) => widthOf(row, NAME_SIZE, 500))) + 16 + (more ? widthOf(`+${more}`, LABEL_SIZE) + 6 : 0);
  return { id, rows, box: { x: 0, y: 0, w: Math.ceil(w), h: Math.round(rows.length * NAME_SIZE * 1.24 + 9) } };
}

/** How many of an entity's neighbours are not in the page's own picture. @param {string} id */
function hiddenTies(id) {
  return OWN.ids ? neighboursOf([id]).filter((other) => !OWN.ids.has(other)).length : 0;
}

/** What the page's own picture shows. */
const OWN = { ids: /** @type {Set<string>} */ (new Set()), spread: /** @type {Set<string>} pairs whose lines stand apart */ (new Set()) };

/** The lines of a picture, those between one pair as one where they are more than two, unless spread. @param {Line[]} lines @returns {Line[][]} */
function bundled(lines) {
  /** @type {Map<string, Line[]>} */ const pairs = new Map();
  for (const line of lines) {
    const pair = [line.s, line.o].sort().join("|");
    const list = pairs.get(pair);
    if (list) list.push(line);
    else pairs.set(pair, [line]);
  }
  return [...pairs].flatMap(([pair, list]) => {
    if (list.length < 3 || OWN.spread.has(pair)) return list.map((line) => [line]);
    list.sort((a, b) => doubtOf(CLAIMS[a.claims[0]]) - doubtOf(CLAIMS[b.claims[0]]));
    return [list];
  });
}

/** @param {Line[]} lines @returns {string[]} */
function rowsOn(lines) {
  const text = labelOf(lines[0]) + (lines.length > 1 ? word("and-lines", { count: lines.length - 1 }) : "");
  return rowsOf(text, LABEL_LIMIT, LABEL_SIZE);
}

/** @param {string[]} rows */
function labelBox(rows) {
  return { x: 0, y: 0, w: Math.max(...rows.map((row) => widthOf(row, LABEL_SIZE))) + 6, h: rows.length * LABEL_SIZE * 1.18 + 3 };
}

/**
 * Nodes and lines laid out in layers, from left to right or downwards, whichever is seen larger in the room there is.
 * @param {string[]} ids @param {Line[]} lines @param {(line: Line[]) => boolean} turned lines that are laid out against their direction
 * @param {{width: number, height: number}} room
 */
function layered(ids, lines, turned, room) {
  const ways = ["LR", "TB"].map((direction) => directed(ids, lines, turned, direction));
  const scale = (/** @type {{w: number, h: number}} */ { w, h }) => Math.min(room.width / w, room.height / h, 1.2);
  return scale(ways[1]) > scale(ways[0]) * 1.1 ? ways[1] : ways[0];
}

/** @param {string[]} ids @param {Line[]} lines @param {(line: Line[]) => boolean} turned @param {string} direction */
function directed(ids, lines, turned, direction) {
  const spots = ids.map(spotOf);
  const strokes = bundled(lines).map((bundle) => ({ bundle, rows: rowsOn(bundle) }));
  layouter = layouter || dagreLibrary();
  const graph = new layouter.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: direction, nodesep: 12, ranksep: 22, edgesep: 8, marginx: 10, marginy: 10 });
  for (const { id, box } of spots) graph.setNode(id, { width: box.w, height: box.h });
  strokes.forEach(({ bundle, rows }, n) => {
    const { w, h } = labelBox(rows);
    const [line] = bundle;
    const ends = turned(bundle) ? [line.o, line.s] : [line.s, line.o];
    graph.setEdge(ends[0], ends[1], { width: w, height: h, labelpos: "c" }, String(n));
  });
  layouter.layout(graph);
  for (const { id, box } of spots) Object.assign(box, { x: graph.node(id).x, y: graph.node(id).y });
  const drawn = strokes.map(({ bundle, rows }, n) => {
    const back = turned(bundle);
    const [line] = bundle;
    const edge = graph.edge({ v: back ? line.o : line.s, w: back ? line.s : line.o, name: String(n) });
    const points = edge.points.map((/** @type {{x: number, y: number}} */ { x, y }) => [x, y]);
    return { lines: bundle, points: back ? points.reverse() : points, rows, box: { ...labelBox(rows), x: edge.x, y: edge.y }, straight: false };
  });
  const { width, height } = graph.graph();
  return { spots, strokes: drawn, w: Number(width) || 100, h: Number(height) || 60 };
}

/** Nodes where they are told to stand, straight lines between them. @param {Spot[]} spots @param {Line[]} lines @returns {Stroke[]} */
function straight(spots, lines) {
  const boxes = new Map(spots.map(({ id, box }) => [id, box]));
  /** @type {Map<string, number>} */ const nth = new Map();
  return bundled(lines).map((bundle) => {
    const [line] = bundle;
    const one = /** @type {Box} */ (boxes.get(line.s)), other = /** @type {Box} */ (boxes.get(line.o));
    const pair = [line.s, line.o].sort().join("|");
    const n = nth.get(pair) || 0;
    nth.set(pair, n + 1);
    const length = Math.hypot(other.x - one.x, other.y - one.y) || 1;
    const side = (n % 2 ? -1 : 1) * Math.ceil(n / 2) * 22 * (line.s < line.o ? 1 : -1);
    const middle = [(one.x + other.x) / 2 - (other.y - one.y) / length * side, (one.y + other.y) / 2 + (other.x - one.x) / length * side];
    const rows = rowsOn(bundle);
    const points = n ? [edgeOf(one, middle), middle, edgeOf(other, middle)] : [edgeOf(one, [other.x, other.y]), edgeOf(other, [one.x, one.y])];
    const [start, end] = [points[0], points[points.length - 1]];
    const at = n ? middle : [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2];
    return { lines: bundle, points, rows, box: { ...labelBox(rows), x: at[0], y: at[1] }, straight: true };
  });
}

/** Move a label along its line, from the middle outwards, to where it lies on nothing that is there. @param {Stroke} stroke @param {Box[]} taken */
function slide({ points, box }, taken) {
  const [[x, y], last] = [points[0], points[points.length - 1]];
  if (points.length > 2) return;
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
    const at = { ...box, x: x + (last[0] - x) * share, y: y + (last[1] - y) * share };
    if (!taken.some((other) => meets(at, other, 0))) return void Object.assign(box, at);
  }
}

/** Where the way from the middle of a box to a point leaves it. @param {Box} box @param {number[]} to */
function edgeOf(box, to) {
  const dx = to[0] - box.x, dy = to[1] - box.y;
  const share = Math.min(dx ? box.w / 2 / Math.abs(dx) : Infinity, dy ? box.h / 2 / Math.abs(dy) : Infinity, 1);
  return [box.x + dx * share, box.y + dy * share];
}

/** @param {number[][]} points */
function curveOf(points) {
  if (points.length < 3) return `M${points.map((point) => point.map((v) => v.toFixed(1)).join(",")).join("L")}`;
  const at = (/** @type {number[]} */ [x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`;
  let path = `M${at(points[0])}`;
  for (let n = 0; n < points.length - 1; n += 1) { // Catmull-Rom: through every point, so that labels lie on the line
    const before = points[Math.max(0, n - 1)], here = points[n], next = points[n + 1], after = points[Math.min(points.length - 1, n + 2)];
    const bend = (/** @type {number[]} */ from, /** @type {number[]} */ one, /** @type {number[]} */ other, /** @type {number} */ sign) =>
      [from[0] + sign * (other[0] - one[0]) / 8, from[1] + sign * (other[1] - one[1]) / 8];
    path += `C${at(bend(here, before, next, 1))} ${at(bend(next, here, after, -1))} ${at(next)}`;
  }
  return path;
}

/** The text of a label, its rows one under another around a middle. @param {string[]} rows @param {number} x @param {number} y @param {number} size @param {number} leading */
function textOf(rows, x, y, size, leading) {
  const first = y - (rows.length - 1) * size * leading / 2 + size * 0.36;
  return shape("text", { "font-size": size }, ...rows.map((row, n) => {
    const span = shape("tspan", { x, y: first + n * size * leading });
    span.textContent = row;
    return span;
  }));
}

/** @param {Spot} spot @param {string} [look] */
function nodeShape({ id, rows, box }, look = "") {
  const entity = /** @type {Entity} */ (ENTITIES.get(id));
  const said = [say(entity.name), say(entity.cls), say(entity.existence)];
  const more = look.includes("loose") ? 0 : hiddenTies(id);
  if (more) said.push(word("hidden-ties", { count: more }));
  const shift = more ? (widthOf(`+${more}`, LABEL_SIZE) + 4) / 2 : 0;
  const group = shape("g", {
    class: `node k-${entity.kind} ${entity.existence ? "unreal " : ""}${look}`, tabindex: 0, role: "button", "data-node": id,
    "aria-label": said.filter(Boolean).join(", "),
  }, shape("rect", { x: box.x - box.w / 2, y: box.y - box.h / 2, width: box.w, height: box.h, rx: 6 }), textOf(rows, box.x - shift, box.y, NAME_SIZE, 1.24));
  if (more) {
    const count = shape("text", { class: "more", x: box.x + box.w / 2 - 6, y: box.y + 4, "font-size": LABEL_SIZE });
    count.textContent = `+${more}`;
    group.append(count);
  }
  return group;
}

/** @param {Stroke} stroke @param {boolean} quiet whether the label is shown only on hover, focus or choice */
function lineShape({ lines, points, rows, box }, quiet) {
  const [line] = lines;
  const look = lookOf(line);
  const label = `${labelOf(line)}${lines.length > 1 ? word("and-lines", { count: lines.length - 1 }) : ""}`;
  const classes = ["line", `s-${look.stance.style}`, "own", look.not ? "not" : "", look.candidate ? "dim" : "", quiet ? "quiet" : "",
    look.origins > 1 ? `w${Math.min(look.origins, 3)}` : "", lines.length > 1 ? "bundle" : ""];
  const group = shape("g", {
    class: classes.filter(Boolean).join(" "), tabindex: 0, role: "button", "data-line": line.id,
    "aria-label": word("line", { subject: nameOf(line.s), object: nameOf(line.o), label, stance: say(look.stance.name) }),
  });
  if (lines.length > 1) group.dataset.pair = [line.s, line.o].sort().join("|");
  const d = curveOf(points);
  group.append(shape("path", { class: "hit", d }), shape("path", { class: "stroke", d }), headShape(points));
  if (look.not) group.append(crossShape(points));
  group.append(textOf(rows, box.x, box.y, LABEL_SIZE, 1.18));
  return group;
}

/** @param {number[][]} points */
function headShape(points) {
  const [x, y] = points[points.length - 1], before = points[points.length - 2];
  const length = Math.hypot(x - before[0], y - before[1]) || 1;
  const dx = (x - before[0]) / length, dy = (y - before[1]) / length;
  const corner = (/** @type {number} */ side) => `${(x - dx * 9 - dy * side).toFixed(1)},${(y - dy * 9 + dx * side).toFixed(1)}`;
  return shape("path", { class: "head", d: `M${x.toFixed(1)},${y.toFixed(1)}L${corner(4)}L${corner(-4)}Z` });
}

/** @param {number[][]} points */
function crossShape(points) {
  const n = Math.max(1, Math.floor(points.length / 4));
  const [a, b] = [points[n - 1], points[n]];
  const x = a[0] + (b[0] - a[0]) * 0.3, y = a[1] + (b[1] - a[1]) * 0.3;
  return shape("path", { class: "cross", d: `M${x - 5},${y - 5}L${x + 5},${y + 5}M${x - 5},${y + 5}L${x + 5},${y - 5}` });
}

/** A whole picture of the page's own. @param {{spots: Spot[], strokes: Stroke[], w: number, h: number}} layout @param {string} title @param {boolean} quiet */
function pictureOf({ spots, strokes, w, h }, title, quiet) {
  const taken = spots.map(({ box }) => box);
  const lines = strokes.map((stroke) => {
    const hides = quiet || taken.some((box) => meets(box, stroke.box, 1));
    if (!hides) taken.push(stroke.box);
    return lineShape(stroke, hides);
  });
  return shape("svg", { class: `chart${quiet ? " calm" : ""}`, viewBox: `0 0 ${w.toFixed(0)} ${h.toFixed(0)}`, width: w, height: h, role: "group", "aria-label": title },
    shape("g", { class: "lines" }, ...lines), shape("g", { class: "nodes" }, ...spots.map((spot) => nodeShape(spot))));
}

/** Whether two boxes lie on each other, or nearer than so many pixels. @param {Box} one @param {Box} other @param {number} gap */
function meets(one, other, gap) {
  return Math.abs(one.x - other.x) * 2 < one.w + other.w + 2 * gap && Math.abs(one.y - other.y) * 2 < one.h + other.h + 2 * gap;
}

/** Push boxes apart until none lies on another, each as little as it takes. @param {Box[]} boxes @param {number} gap */
function apart(boxes, gap) {
  for (let round = 0, moved = true; moved && round < 500; round += 1) {
    moved = false;
    boxes.forEach((one, n) => {
      for (const other of boxes.slice(n + 1)) {
        if (!meets(one, other, gap)) continue;
        moved = true;
        const dx = other.x - one.x, dy = other.y - one.y;
        const x = (one.w + other.w) / 2 + gap - Math.abs(dx), y = (one.h + other.h) / 2 + gap - Math.abs(dy);
        const [side, by, far] = x < y ? [/** @type {"x"} */ ("x"), dx, x] : [/** @type {"y"} */ ("y"), dy, y];
        const step = (far / 2 + 0.5) * (by < 0 ? -1 : 1);
        one[side] -= step;
        other[side] += step;
      }
    });
  }
}

/**
 * Places for new nodes among those that stand: each as near as it can to those it is tied to, on none of them, with
 * room for a line's words between.
 * @param {Box[]} standing @param {Array<{spot: Spot, near: Box[]}>} wanted @param {{w: number, h: number}} page
 */
function settle(standing, wanted, page) {
  const taken = [...standing];
  for (const { spot, near } of wanted) {
    const middle = { x: average(near.map((box) => box.x)), y: average(near.map((box) => box.y)) };
    let best = { cost: Infinity, x: middle.x, y: page.h + spot.box.h };
    for (let ring = 1; ring < 40 && ring * 18 < best.cost; ring += 1) {
      for (let step = 0; step < ring * 6; step += 1) {
        const angle = (2 * Math.PI * step) / (ring * 6);
        const x = middle.x + Math.cos(angle) * ring * 26, y = middle.y + Math.sin(angle) * ring * 16;
        const box = { ...spot.box, x, y };
        if (x - box.w / 2 < 4 || x + box.w / 2 > page.w - 4 || y - box.h / 2 < 4 || y + box.h / 2 > page.h - 4) continue;
        if (taken.some((other) => meets(box, other, near.includes(other) ? 34 : 5))) continue;
        const cost = near.reduce((sum, other) => sum + Math.hypot(other.x - x, (other.y - y) * 1.4), 0) / near.length;
        if (cost < best.cost) best = { cost, x, y };
      }
    }
    Object.assign(spot.box, { x: best.x, y: best.y });
    taken.push(spot.box);
  }
}

/** @param {number[]} values */
function average(values) {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
