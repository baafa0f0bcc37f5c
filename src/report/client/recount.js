import { readData } from "./decode.js";
import { recountChanges } from "./recount_changes.js";
import { recountEffort } from "./recount_effort.js";
import { recountMeans } from "./recount_means.js";
import { recountOptions } from "./recount_options.js";
import { recountPlaces } from "./recount_places.js";
import { recountScores } from "./recount_scores.js";
import { recountTiles } from "./recount_tiles.js";
import { onRuns, shownRuns } from "./runs.js";

/** What is counted over runs, each from the runs that count. */
const counts = [
  recountTiles,
  recountMeans,
  recountScores,
  recountChanges,
  recountOptions,
  recountEffort,
  recountPlaces,
];

/** Counts anew what is said of several runs, once some of them are hidden. */
export function startRecount() {
  const numbers = readData("numbers-data");
  if (!numbers) return;
  const isAll = numbers.runs.map(() => true).join();
  let before = isAll;
  onRuns(() => {
    const counting = numbers.runs.map((_, i) => shownRuns.counts(i));
    const now = counting.join();
    document.documentElement.toggleAttribute("data-part", now !== isAll);
    if (now === before) return;
    before = now;
    const view = new CountedRuns(numbers, counting);
    for (const count of counts) count(view);
    for (const table of document.querySelectorAll("table.sortable")) {
      table.dispatchEvent(new Event("counted"));
    }
  });
}

/** The numbers of the page, and which runs count. */
class CountedRuns {
  constructor(numbers, counting) {
    this.numbers = numbers;
    this.counting = counting;
  }

  /** The numbers of the runs that count. */
  get runs() {
    return this.counting.keys().filter((i) => this.counting[i]).toArray();
  }

  isCounted(run) {
    return this.counting[run];
  }

  /** What is known of a metric. */
  factsOf(metric) {
    return this.numbers.facts[metric];
  }

  /** The volume that a part of the page is about. */
  volumeOf(part) {
    const place = part.closest("[data-volume]").dataset.volume;
    return this.numbers.volumes[place];
  }

  /** A metric of a run on a volume; null where it has none, or does not count. */
  value(volume, metric, run) {
    return this.isCounted(run) ? volume.metrics[metric]?.[run] ?? null : null;
  }
}
