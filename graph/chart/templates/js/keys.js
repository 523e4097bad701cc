// The keys of a legend: boxes to tick, with a sample and a count. The page has OFF, what is switched off, and says in
// filtered() what follows from a change.

/** @param {string} group @param {string} id @param {string} label @param {number} count @param {Node|null} sample */
function key(group, id, label, count, sample) {
  const box = /** @type {HTMLInputElement} */ (make("input"));
  box.type = "checkbox";
  box.checked = !OFF[group].has(id);
  box.dataset.key = `${group}.${id}`;
  const text = make("span", box.checked ? "" : "unchecked", data(label));
  box.addEventListener("change", () => {
    OFF[group][box.checked ? "delete" : "add"](id);
    text.className = box.checked ? "" : "unchecked";
    filtered();
  });
  return make("label", "", box, sample, text, make("small", "", String(count)));
}

/** @param {string} look of a line @param {boolean} struck */
function lineSample(look, struck) {
  const shapes = [["stroke", "M0,5H22"], ["head", "M30,5L22,1.5L22,8.5Z"], ...(struck ? [["cross", "M7,1L15,9M7,9L15,1"]] : [])];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of [["viewBox", "0 0 30 10"], ["class", `line ${look}`], ["aria-hidden", "true"]]) svg.setAttribute(name, value);
  for (const [name, d] of shapes) {
    const path = document.createElementNS(svg.namespaceURI, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
