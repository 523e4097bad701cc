// Stories: a page's guided tour, step by step.

/** The bar of the story. */
function fillStory() {
  at("story").hidden = !STATE.story;
}
