import { stairs } from "../cell/stairs.ts";

/** What was best so far, of the runs that count. */
export function recountEffort(view) {
  for (const line of document.querySelectorAll(".best-line")) {
    const { end, better } = line.dataset;
    const dots = [...line.closest("svg").querySelectorAll("g[data-run]")]
      .filter(({ dataset }) => view.isCounted(Number(dataset.run)))
      .reverse(); // the first in time is drawn last
    const places = dots.map((dot) => {
      const { cx, cy } = dot.querySelector("circle");
      return [cx, cy].map(({ baseVal }) => Number(baseVal.value.toFixed(1)));
    });
    line.setAttribute("d", stairs(places, { end: Number(end), better }));
  }
}
