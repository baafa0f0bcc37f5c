import { bestMark, bestOfRuns } from "../cell/best_mark.ts";
import { columnsOf, setOrRemove } from "./cells.js";

/** Which number of a table of runs is the best of its column. */
export function recountScores(view) {
  for (const table of document.querySelectorAll("table.scores")) {
    const volume = view.volumeOf(table);
    const rows = [...table.tBodies[0].rows];
    for (const [metric, cells] of columnsOf(rows)) {
      const facts = view.factsOf(metric);
      const counted = cells.filter(({ row }) =>
        row.dataset.run && view.isCounted(Number(row.dataset.run))
      );
      const best = bestOfRuns(
        counted.map(({ row }) => view.value(volume, metric, row.dataset.run)),
        facts,
      );
      for (const { row, cell } of cells) {
        const value = cell.dataset.value === undefined
          ? null
          : Number(cell.dataset.value);
        const isRun = row.dataset.run !== undefined;
        const runs = counted.length;
        const mark = bestMark(value, { best, runs, isRun, facts });
        cell.classList.toggle("best", mark !== undefined);
        setOrRemove(cell, { name: "title", value: mark });
      }
    }
  }
}
