import { countCell } from "../cell/cell.ts";
import { differenceCells } from "../cell/difference_cells.ts";
import { precisionHtml } from "../cell/precision_html.ts";
import { comparePairs } from "../paired.ts";
import { columnsOf, fillCell, tablesWith } from "./cells.js";

/** What changes do, by pairs of which both runs count; and how many more would tell. */
export function recountChanges(view) {
  for (const table of tablesWith("tr[data-pairs]")) {
    recountChangeTable(table, view);
  }
}

function recountChangeTable(table, view) {
  const rows = [...table.querySelectorAll("tr[data-pairs]")];
  const volume = view.volumeOf(table);
  const pairs = new Map(
    rows.map((row) => [row, JSON.parse(row.dataset.pairs)]),
  );
  const compared = (metric) =>
    comparePairs(rows.map((row) =>
      [0, 1].map((side) =>
        new Map(
          pairs.get(row).map((runs, i) => [
            i,
            view.value(volume, metric, runs[side]),
          ]).filter(([, value]) => value !== null),
        )
      )
    ));
  for (const [place, [metric, cells]] of [...columnsOf(rows)].entries()) {
    const differences = compared(metric);
    const made = differenceCells(differences, view.factsOf(metric));
    for (const [i, { cell }] of cells.entries()) fillCell(cell, made[i]);
    if (place > 0) continue;
    for (const [i, row] of rows.entries()) {
      const { difference } = differences[i];
      fillCell(
        row.querySelector("td.number"),
        countCell(difference?.each.length ?? 0),
      );
    }
  }
  const note = table.closest("[data-volume]").querySelector("[data-precision]");
  if (!note) return;
  const { precision: metric } = note.dataset;
  const words = precisionHtml(
    compared(metric).map(({ difference }) => difference),
    view.factsOf(metric).unit,
  );
  note.hidden = words === "";
  note.querySelector("span").innerHTML = words;
}
