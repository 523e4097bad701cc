// Zoom, and moving the picture about.

/** The scale at which the whole picture can be seen; not below what can be read. */
function fitting() {
  const svg = sheet() && sheet().querySelector("svg");
  if (!svg) return 1;
  const { width, height } = svg.viewBox.baseVal;
  const room = PICTURE.getBoundingClientRect();
  const fit = Math.min((room.width - 8) / width, (room.height - 8) / height, 1.6);
  const least = 0.9; // what is smaller cannot be read: then the picture is moved about
  return fit >= 0.8 ? fit : Math.max(fit, least);
}

/** @param {number} scale */
function zoom(scale) {
  VIEW.scale = Math.min(4, Math.max(0.25, scale));
  for (const svg of /** @type {NodeListOf<SVGSVGElement>} */ (PICTURE.querySelectorAll(".sheet > svg"))) {
    svg.style.width = `${(svg.viewBox.baseVal.width * VIEW.scale).toFixed(1)}px`;
    svg.style.height = `${(svg.viewBox.baseVal.height * VIEW.scale).toFixed(1)}px`;
  }
  PICTURE.classList.toggle("grab", PICTURE.scrollWidth > PICTURE.clientWidth + 4 || PICTURE.scrollHeight > PICTURE.clientHeight + 4);
}

/** Do something, and see the whole picture after it if it was seen before. @param {() => void} change */
function refitted(change) {
  const fitted = !STATE.choice && Math.abs(VIEW.scale - fitting()) < 0.01;
  change();
  if (fitted) zoom(fitting());
}

/** Zoom so that a point of the screen stays where it is. @param {number} scale @param {number} [x] @param {number} [y] */
function zoomAt(scale, x, y) {
  const frame = PICTURE.getBoundingClientRect();
  const px = x === undefined ? frame.width / 2 : x - frame.left, py = y === undefined ? frame.height / 2 : y - frame.top;
  const left = (PICTURE.scrollLeft + px) / VIEW.scale, top = (PICTURE.scrollTop + py) / VIEW.scale;
  zoom(scale);
  PICTURE.scrollLeft = left * VIEW.scale - px;
  PICTURE.scrollTop = top * VIEW.scale - py;
}

at("zoom-in").addEventListener("click", () => zoomAt(VIEW.scale * 1.25));
at("zoom-out").addEventListener("click", () => zoomAt(VIEW.scale / 1.25));
at("zoom-fit").addEventListener("click", () => zoom(fitting()));
PICTURE.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  zoomAt(VIEW.scale * Math.exp(-event.deltaY / 400), event.clientX, event.clientY);
}, { passive: false });

/** @type {{x: number, y: number, left: number, top: number, moved: boolean}|null} */
let held = null;
PICTURE.addEventListener("pointerdown", (event) => {
  if (event.button || event.pointerType === "touch") return;
  held = { x: event.clientX, y: event.clientY, left: PICTURE.scrollLeft, top: PICTURE.scrollTop, moved: false };
});
window.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (Math.abs(event.clientX - held.x) + Math.abs(event.clientY - held.y) > 5) held.moved = true;
  if (!held.moved) return;
  PICTURE.classList.add("grabbing");
  PICTURE.scrollLeft = held.left - event.clientX + held.x;
  PICTURE.scrollTop = held.top - event.clientY + held.y;
});
window.addEventListener("pointerup", () => {
  PICTURE.classList.remove("grabbing");
  window.setTimeout(() => { held = null; }, 0);
});
