import { beforeBest } from "../before_best.ts";
import { improvementText } from "../cell/improvement_text.ts";
import { isBetter, shareOf } from "../facts.ts";
import { formatNumber } from "../format.ts";

/** The figures on top: the best run, what was best before it, how many runs. */
export function recountTiles(view) {
  const { numbers } = view;
  const count = document.querySelector("#runs-tile .tile-value");
  const shown = view.runs.length, all = numbers.runs.length;
  count.textContent = shown === all
    ? formatNumber(all)
    : `${formatNumber(shown)} of ${formatNumber(all)}`;
  const tile = document.getElementById("best-tile");
  if (tile) recountBest(tile, view);
}

function recountBest(tile, view) {
  const { numbers } = view, facts = view.factsOf(numbers.ranking);
  const { volume, best } = bestOn(view);
  const name = tile.querySelector(".run-name");
  const [heading, value] = tile.children;
  name.hidden = !best;
  const against = tile.querySelector(".against"); // darkness on one volume
  if (against) against.hidden = !best || view.volumeOf(against) !== volume;
  value.textContent = formatNumber(best?.value ?? null, facts.unit);
  const gain = tile.querySelector(".improvement");
  const before = best && beforeBest(best, {
    inTime: scoresOf(view, numbers.volumes[0])
      .toSorted((a, b) => a.atMs - b.atMs || a.run - b.run),
    facts,
  });
  gain.hidden = !before;
  if (before) {
    gain.textContent = improvementText(
      { gain: best.value - before.value, label: before.label },
      facts.unit,
    );
  }
  if (!best) return;
  heading.textContent = `Best ${volume.split} ${facts.label}`;
  const same = document.querySelector(
    `.run-table tr[data-run="${best.run}"] .run-name`,
  );
  name.replaceWith(same.cloneNode(true));
  const bar = tile.querySelector(".bar-value");
  if (bar) {
    const width = Number(bar.previousElementSibling.getAttribute("width"));
    bar.setAttribute("width", (shareOf(best.value, facts) * width).toFixed(1));
  }
}

/** The best run that counts, on the first volume where any was measured. */
function bestOn(view) {
  const facts = view.factsOf(view.numbers.ranking);
  for (const volume of view.numbers.volumes) {
    const scores = scoresOf(view, volume);
    if (scores.length === 0) continue;
    const best = scores.reduce((best, one) =>
      isBetter(one.value, best.value, facts) ? one : best
    );
    return { volume, best };
  }
  return { volume: null, best: null };
}

/** What ranks, of the runs that count and have it. */
function scoresOf(view, volume) {
  return view.runs.flatMap((run) => {
    const value = view.value(volume, view.numbers.ranking, run);
    return value === null ? [] : [{ run, value, ...view.numbers.runs[run] }];
  });
}
