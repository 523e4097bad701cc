// A page inside another one, such as a notebook, has no address of its own: what it remembers stays in here, and going
// back never turns a page of the one around it. These two stand in for the browser's own.

const location = { hash: "", pathname: "", search: "", href: "", protocol: "about:" };

const history = {
  trail: [{ state: null, hash: "" }],
  at: 0,
  /** Keep a state, and forget what was undone before it. */
  pushState(state, _title, address) {
    location.hash = address.startsWith("#") ? address : "";
    this.trail.splice(this.at + 1, Infinity, { state, hash: location.hash });
    this.at += 1;
  },
  replaceState(state, _title, address) {
    location.hash = address.startsWith("#") ? address : "";
    this.trail[this.at] = { state, hash: location.hash };
  },
  go(steps) {
    const { state, hash } = this.trail[this.at + steps] || {};
    if (hash === undefined) return;
    this.at += steps;
    location.hash = hash;
    window.dispatchEvent(new PopStateEvent("popstate", { state }));
  },
  back() { this.go(-1); },
  forward() { this.go(1); },
};
