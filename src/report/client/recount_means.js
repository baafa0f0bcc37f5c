import { dotsCell } from "../cell/dots_cell.ts";
import { meanCells, seedsCell } from "../cell/mean_cells.ts";
import { columnsOf, fillCell, tablesWith } from "./cells.js";

/** Means over seeds, their scatter, their number and the best of them. */
export function recountMeans(view) {
  for (const table of tablesWith("tr[data-members]")) {
    recountMeanTable(table, view);
  }
}

function recountMeanTable(table, view) {
  const rows = [...table.querySelectorAll("tr[data-members]")];
  const members = new Map(rows.map((row) => [row, membersOf(row, view)]));
  const marksBest = "marksBest" in table.dataset;
  for (const [metric, cells] of columnsOf(rows)) {
    const volume = view.volumeOf(table),
      { unit, better } = view.factsOf(metric);
    const drawn = cells.filter(({ cell }) => cell.matches(".strip-column"));
    const told = cells.filter((one) => !drawn.includes(one));
    const counted = ({ row }) => {
      const runs = members.get(row);
      const values = runs.map((run) => view.value(volume, metric, run))
        .filter((value) => value !== null);
      return { values, runs: runs.length };
    };
    const isMore = told.some(({ cell }) => cell.matches(".is-more"));
    const made = meanCells(told.map(counted), {
      ...{ unit, better, isMore, marksBest },
    });
    for (const [i, { cell }] of told.entries()) fillCell(cell, made[i]);
    for (const { row, cell } of drawn) {
      const scale = JSON.parse(table.dataset.scale);
      const { name } = cell.dataset;
      fillCell(cell, dotsCell(counted({ row }).values, { name, ...scale }));
    }
  }
  for (const row of rows) recountSeeds(row, members.get(row).length);
}

/** The run that counts for each seed of a row, as far as one is shown. */
function membersOf(row, view) {
  return JSON.parse(row.dataset.members)
    .flatMap((alike) => alike.find((run) => view.isCounted(run)) ?? []);
}

function recountSeeds(row, counted) {
  const cell = row.querySelector("td[data-all]");
  const title = cell.dataset.began ??= cell.title;
  const hidden = JSON.parse(row.dataset.members).length - counted;
  fillCell(
    cell,
    seedsCell({
      counted,
      all: Number(cell.dataset.all),
      title: [title, hidden > 0 ? `${hidden} hidden` : ""].filter(Boolean)
        .join(", ") || undefined,
    }),
  );
}
