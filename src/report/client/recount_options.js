import { importanceOf, shareText, shareWidth } from "../options/importance.ts";
import { heightOf, placeBetween } from "../options/parallel_places.ts";
import { formatNumber } from "../format.ts";
import { spreadOf } from "../spread.ts";
import { readData } from "./decode.js";

/** How options go with the score: where lines end, and which share goes with each. */
export function recountOptions(view) {
  const data = readData("options-data");
  if (!data) return;
  const scores = data.scores.map((score, run) =>
    score !== null && view.isCounted(run) ? score : NaN
  );
  for (const line of document.querySelectorAll(".parallel g[data-group]")) {
    endLine(line, { view, scores, unit: data.unit });
  }
  const items = [...document.querySelectorAll(".importance li")];
  const shares = new Map(items.map((item) => [
    item,
    importanceOf(data.values[item.dataset.option], scores),
  ]));
  for (const [item, share] of shares) {
    item.querySelector(".bar-value")
      .setAttribute("width", ((share ?? 0) * shareWidth).toFixed(1));
    item.querySelector(".number").textContent = shareText(share);
  }
  const order = items.toSorted((a, b) =>
    (shares.get(b) ?? -1) - (shares.get(a) ?? -1)
  );
  order[0]?.parentNode.append(...order);
}

/** Ends a line at the mean of the runs of its group that count. */
function endLine(line, { view: { numbers }, scores, unit }) {
  const values = scores.filter((score, run) =>
    numbers.runs[run].group === Number(line.dataset.group) &&
    Number.isFinite(score)
  );
  if (values.length === 0) return; // it is not seen
  const { mean } = spreadOf(values);
  const ends = line.closest("svg").dataset.ends.split(" ").map(Number);
  const drawn = line.querySelector("polyline");
  const points = drawn.getAttribute("points").split(" ");
  const [x] = points.pop().split(",");
  const y = heightOf(placeBetween(mean, ends)).toFixed(1);
  drawn.setAttribute("points", [...points, `${x},${y}`].join(" "));
  line.querySelector("title").textContent = `${line.dataset.label}: ${
    formatNumber(mean, unit)
  }`;
}
