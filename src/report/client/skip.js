import { stopsOf } from "./stops.js";

/** So many stops of the Tab key are worth a way around them. */
const manyStops = 8;

/**
 * Puts a button before every group of `data-skip` that has many stops; it is seen
 * once the Tab key comes to it, and leads to what follows the group.
 */
export function startSkips() {
  for (const group of document.querySelectorAll("[data-skip]")) {
    if (stopsOf(group).length <= manyStops) continue;
    const end = document.createElement("span");
    end.className = "skip-end";
    end.tabIndex = -1;
    const skip = document.createElement("button");
    skip.type = "button";
    skip.className = "skip-over";
    skip.textContent = `Skip ${group.dataset.skip}`;
    skip.addEventListener("click", () => end.focus());
    group.before(skip);
    group.after(end);
  }
}
