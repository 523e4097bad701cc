// Stories: numbered steps through the chart, each a caption with the claims that it rests on. A caption comes from the
// data and goes into the page as text.

const STORIES = DATA.stories || [];
const STORY_BAR = at("story");
const STORY_NARROW = matchMedia("(max-width: 900px)"); // bar and evidence together would leave no room for the picture
/** The step that was last shown, so that its focus opens once and not at every redraw. */
let storyShown = "";

/** The story and the step that the page is at; a step that is out of range counts as the nearest. */
function storyNow() {
  const wanted = STATE.story;
  const story = wanted ? STORIES.find((one) => one.id === wanted.id) : undefined;
  if (!wanted || !story) return null;
  const number = Math.min(Math.max(Math.trunc(Number(wanted.step)) || 1, 1), story.steps.length);
  return { story, number, step: story.steps[number - 1] };
}

/** Go to a step of the story that is open; beyond its ends nothing happens. @param {number} number */
function storyGo(number) {
  const now = storyNow();
  if (now && number !== now.number && number >= 1 && number <= now.story.steps.length) {
    go({ story: { id: now.story.id, step: number }, choice: null }); // what was open belongs to the step before
  }
}

/** @param {StoryStep} step @param {number} number */
function storyStepName(step, number) {
  const title = say(step.title);
  return title ? word("story-step", { number, title }) : word("story-step-untitled", { number });
}

/** A button that is found again after the bar was filled anew. @param {string} name @param {string} label @param {() => void} action */
function storyButton(name, label, action) {
  const element = button(label, action, `story-${name}`);
  element.dataset.story = name;
  return element;
}

/** The steps as a row of numbers. @param {Story} story @param {number} current */
function storyProgress(story, current) {
  const list = make("ol", "story-progress");
  list.setAttribute("aria-label", word("story-progress"));
  story.steps.forEach((step, index) => {
    const number = index + 1;
    const one = storyButton("step", String(number), () => storyGo(number));
    one.dataset.story = `step-${number}`;
    one.title = storyStepName(step, number);
    one.setAttribute("aria-label", storyStepName(step, number));
    if (number === current) one.setAttribute("aria-current", "step");
    list.append(make("li", "", one));
  });
  return list;
}

/** The weakest stance among the claims that a step rests on, and whether one of them is disputed. @param {StoryStep} step */
function storyStance(step) {
  const stance = stanceAt(step.weakest);
  const row = make("p", "story-stance", make("small", "", word("story-weakest")), make("span", `badge b-${stance.style}`, say(stance.name)));
  if (step.disputed) row.append(make("span", "badge b-review", word("disputed")));
  return row;
}

/** The claims of a step, each of which opens its evidence. @param {StoryStep} step */
function storyClaims(step) {
  const rows = step.claims.map((index) => {
    const id = claimId(index);
    const open = storyButton("claim", say(CLAIMS[index].gist) || sentenceText(CLAIMS[index]), () =>
      go({ choice: { kind: "claim", id } }));
    open.dataset.story = `claim-${index}`;
    open.classList.add("name");
    if (STATE.choice && STATE.choice.kind === "claim" && STATE.choice.id === id) open.setAttribute("aria-current", "true");
    return make("li", "", badges(CLAIMS[index]), open);
  });
  for (const id of step.entities) rows.push(make("li", "", link(id)));
  const list = make("ul", "", ...rows);
  const box = make("details", "story-claims", make("summary", "", word("story-claims", { count: step.claims.length })),
    list, make("p", "meta", word("story-caption")));
  /** @type {HTMLDetailsElement} */ (box).open = !STORY_NARROW.matches;
  return box;
}

/**
 * Fill the bar with the step that the page is at; without a story, hide it. What the step shows is drawn by drawScene
 * and lit by mark; its focus opens where nothing else is chosen.
 */
function fillStory() {
  const now = storyNow();
  STORY_BAR.hidden = !now;
  if (!now) {
    storyShown = "";
    STORY_BAR.replaceChildren();
    return;
  }
  const { story, number, step } = now, all = story.steps.length;
  const before = document.activeElement;
  const held = before instanceof HTMLElement && STORY_BAR.contains(before) ? before.dataset.story || "" : "";
  const arrived = storyShown !== `${story.id} ${number}`;
  const wasOpen = STORY_BAR.querySelector("details");
  storyShown = `${story.id} ${number}`;

  const back = /** @type {HTMLButtonElement} */ (storyButton("back", word("story-back"), () => storyGo(number - 1)));
  const next = /** @type {HTMLButtonElement} */ (storyButton("next", word("story-next"), () => storyGo(number + 1)));
  back.disabled = number === 1;
  next.disabled = number === all;
  const close = storyButton("close", word("story-close"), () => go({ story: null }));
  const head = make("div", "story-head", make("span", "story-name", data(say(story.title))), storyProgress(story, number),
    make("div", "story-buttons", back, next, close));
  const title = say(step.title);
  const text = make("div", "story-text",
    make("h2", "", make("span", "story-number", word("story-number", { number, all })), title ? data(title) : null),
    make("p", "story-caption", data(say(step.caption))), storyStance(step));
  text.setAttribute("aria-live", "polite");
  if (number === 1 && story.intro) text.querySelector("h2")?.after(make("p", "story-intro meta", data(say(story.intro))));
  const claims = storyClaims(step);
  if (wasOpen) /** @type {HTMLDetailsElement} */ (claims).open = wasOpen.open;
  STORY_BAR.setAttribute("aria-label", `${word("story")}: ${say(story.title)}`);
  STORY_BAR.replaceChildren(head, make("div", "story-body", text, claims));
  if (held) storyRefocus(held, number);
  const row = STORY_BAR.querySelector(".story-progress"), current = row?.querySelector("[aria-current]");
  if (row && current) {
    const frame = row.getBoundingClientRect(), box = current.getBoundingClientRect();
    row.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }

  if (arrived && !STORY_NARROW.matches && step.focus && !STATE.choice) {
    STATE.choice = step.focus;
    fillPanel(step.focus, false);
  }
}

/** Put the focus back where it was, or on the step if that cannot be pressed any more. @param {string} held @param {number} number */
function storyRefocus(held, number) {
  const found = /** @type {HTMLElement[]} */ ([...STORY_BAR.querySelectorAll("[data-story]")]);
  const wanted = found.find((one) => one.dataset.story === held && !(/** @type {HTMLButtonElement} */ (one).disabled));
  (wanted || found.find((one) => one.dataset.story === `step-${number}`))?.focus({ preventScroll: true });
}

/** The stories there are; each begins at its first step. */
function storyMenu() {
  const now = storyNow();
  const list = make("ul", "story-menu", ...STORIES.map((story) => {
    const start = button(say(story.title), () => go({ story: { id: story.id, step: 1 } }), "name");
    if (now && now.story.id === story.id) start.setAttribute("aria-current", "true");
    const size = make("small", "", word("story-steps", { all: story.steps.length }));
    return make("li", "", start, " ", size, story.intro ? make("p", "meta", data(say(story.intro))) : null);
  }));
  list.setAttribute("aria-label", word("stories"));
  list.hidden = !STORIES.length;
  return list;
}

STORY_BAR.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return; // Alt and an arrow is the browser's
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  const now = storyNow();
  if (!by || !now) return;
  event.preventDefault();
  storyGo(now.number + by);
});
