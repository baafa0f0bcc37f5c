import { keepInAddress } from "./address.js";
import { readData } from "./decode.js";

/**
 * Which runs the page shows, in all its parts at once: `hidden` has the numbers
 * of the others. `onRuns` tells of every change.
 */
export const shownRuns = {
  hidden: new Set(),
  data: null,
  /** Whether numbers count a run: all until a reader chooses. */
  counts: (run) =>
    !("chosen" in document.documentElement.dataset) ||
    !shownRuns.hidden.has(run),
};

const listeners = [];

/** Calls `redraw` whenever other runs are to be shown. */
export function onRuns(redraw) {
  listeners.push(redraw);
}

/** Reads what there is to choose among, and listens to the choices. */
export function startRuns() {
  const data = readData("runs-data");
  if (!data) return;
  shownRuns.data = data;
  const chooser = document.getElementById("chooser");
  const single = [...document.querySelectorAll("#chooser input[data-run]")];
  const boxes = [...document.querySelectorAll("#chooser input[data-group]")];
  const filter = document.getElementById("run-filter");
  const apply = () => {
    const words = (filter?.value ?? "").toLowerCase().split(/\s+/);
    const isNamed = data.runs.map(({ label, group }) => {
      const name = `${data.groups[group]} ${label}`.toLowerCase();
      return words.every((word) => name.includes(word));
    });
    const off = new Set(
      single.filter(({ checked }) => !checked)
        .map(({ dataset: { run } }) => Number(run)),
    );
    const isOn = new Map(
      boxes.map((box) => [Number(box.dataset.group), box.checked]),
    );
    for (const box of boxes) {
      const isOf = ({ group }) => group === Number(box.dataset.group);
      box.closest("li").hidden = !data.runs.some((run, i) =>
        isOf(run) && isNamed[i]
      );
    }
    shownRuns.hidden = new Set(
      data.runs.keys().filter((i) =>
        isOn.get(data.runs[i].group) === false || off.has(i) || !isNamed[i]
      ),
    );
    mark(chooser);
    for (const redraw of listeners) redraw();
  };
  const choose = () => {
    document.documentElement.dataset.chosen = "";
    apply();
  };
  for (const box of [...boxes, ...single]) {
    box.addEventListener("change", choose);
  }
  filter?.addEventListener("input", choose);
  for (const button of document.querySelectorAll("#chooser [data-show]")) {
    button.addEventListener("click", () => {
      const which = button.dataset.show;
      for (const box of boxes) {
        box.checked = which === "all" ||
          which === "best" && data.best.includes(Number(box.dataset.group));
      }
      for (const box of single) box.checked = true;
      choose();
    });
  }
  keepInAddress("runs", {
    read: () =>
      "chosen" in document.documentElement.dataset
        ? boxes.filter(({ checked }) => checked).map(({ value }) => value)
          .join(" ") || "none"
        : "",
    write(text) {
      const chosen = text.split(" ");
      for (const box of boxes) {
        box.checked = text ? chosen.includes(box.value) : box.defaultChecked;
      }
      document.documentElement.toggleAttribute("data-chosen", text !== "");
      apply();
    },
  });
  keepInAddress("hidden", {
    read: () =>
      single.filter(({ checked }) => !checked).map(({ value }) => value)
        .join(" "),
    write(text) {
      const off = text.split(" ");
      for (const box of single) box.checked = !off.includes(box.value);
      if (text) choose();
      else apply();
    },
  });
  if (chooser) startChooser(chooser);
  apply();
}

/** On narrow screens the choices lie over the page, until the Escape key closes them. */
function startChooser(chooser) {
  const isBeside = () => matchMedia("(min-width: 72rem)").matches;
  chooser.open = isBeside();
  chooser.addEventListener("keydown", ({ key, target }) => {
    const clears = target.type === "search" && target.value !== "";
    if (key !== "Escape" || clears || isBeside()) return;
    chooser.open = false;
    chooser.querySelector("summary").focus();
  });
}

/** Tells every part that is about runs whether any of them is shown. */
function mark(chooser) {
  const { hidden, data } = shownRuns;
  for (const part of document.querySelectorAll(`[data-run]:not(input)`)) {
    part.classList.toggle("is-off", hidden.has(Number(part.dataset.run)));
  }
  const shownGroups = new Set(
    data.runs.filter((_, i) => !hidden.has(i)).map(({ group }) => group),
  );
  for (
    const part of document.querySelectorAll("tr[data-group], g[data-group]")
  ) {
    part.classList.toggle(
      "is-off",
      !shownGroups.has(Number(part.dataset.group)),
    );
  }
  for (const part of document.querySelectorAll("[data-runs]")) {
    const runs = part.dataset.runs.split(" ").map(Number);
    const shown = runs.filter((run) => !hidden.has(run)).length;
    part.classList.toggle("is-off", shown === 0);
    part.classList.toggle("is-part", shown < runs.length);
    part.dataset.shown = ` (${shown} shown)`;
  }
  if (!chooser) return;
  const { runs, groups } = data;
  const isPart = runs.some(({ group }, i) =>
    hidden.has(i) && shownGroups.has(group)
  );
  document.getElementById("chooser-count").textContent = hidden.size === 0
    ? `all ${groups.length}`
    : isPart
    ? `${runs.length - hidden.size} of ${runs.length}, by seed`
    : `${shownGroups.size} of ${groups.length}`;
}
