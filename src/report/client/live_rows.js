import { say, shownHere } from "./live_server.js";
import { stopsOf } from "./stops.js";

/** The table of runs, which follows them; and which of them are chosen, by id. */
const liveRows = { table: null, chosen: new Set() };

const onRowsChanged = [];

/** Calls `listener` whenever rows came, went, or were chosen. */
export function onRows(listener) {
  onRowsChanged.push(listener);
}

/** Tells everyone that rows changed. */
export function rowsChanged() {
  for (const listener of onRowsChanged) listener();
}

/** The rows of the table by the ids of their runs. */
export function rowsById() {
  return new Map(
    [...document.querySelectorAll("#runs-table tbody tr")]
      .map((row) => [row.dataset.id, row]),
  );
}

/** The rows of the runs that are chosen and seen, in the table's order. */
export function chosenRows() {
  return [...rowsById().values()].filter(({ dataset: { id }, hidden }) =>
    liveRows.chosen.has(id) && !hidden
  );
}

/** Chooses none. */
export function chooseNone() {
  for (const row of chosenRows()) choose(row, false);
  const all = document.querySelector("[data-choose-all]");
  if (all) all.checked = false;
  rowsChanged();
}

/** Starts to follow choices in a table that is sorted. */
export function startRows(table) {
  liveRows.table = table;
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-choose-all]")) {
      for (const row of rowsById().values()) {
        if (!row.hidden) choose(row, target.checked);
      }
    } else if (target.matches("[data-choose]")) {
      choose(target.closest("tr"), target.checked);
    } else return;
    rowsChanged();
  });
}

function choose(row, isChosen) {
  const box = row.querySelector("[data-choose]");
  if (!box) return;
  box.checked = isChosen;
  row.classList.toggle("is-chosen", isChosen);
  if (isChosen) liveRows.chosen.add(row.dataset.id);
  else liveRows.chosen.delete(row.dataset.id);
}

/** Takes rows that are new or otherwise, and the ids of those that are gone. */
export async function takeRows({ rows, gone, counts, scores }) {
  const { table, chosen } = liveRows;
  document.getElementById("counts").textContent = counts;
  if (table.table.dataset.scores !== scores) {
    await fetchTable();
    return;
  }
  const there = rowsById();
  for (const id of gone) {
    if (there.has(id)) table.remove(there.get(id));
    chosen.delete(id);
  }
  for (const { id, html, above } of rows) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const row = template.content.firstElementChild;
    const before = there.get(id);
    if (before) replaceRow(before, row);
    else table.put(row, { above: there.get(above) });
    there.set(id, row);
  }
  table.again();
  rowsChanged();
}

/** Keeps what the reader did with a row: whether it is chosen, seen, and where the focus is. */
function replaceRow(before, row) {
  const place = stopsOf(before).indexOf(document.activeElement);
  row.hidden = before.hidden;
  liveRows.table.put(row, { before });
  if (liveRows.chosen.has(row.dataset.id)) choose(row, true);
  stopsOf(row)[place]?.focus({ preventScroll: true });
}

/** The whole table anew, as it has other columns. */
async function fetchTable() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(
      await answer.text(),
      "text/html",
    );
    liveRows.table.take(page.getElementById("runs-table"));
    for (const [id, row] of rowsById()) {
      if (liveRows.chosen.has(id)) choose(row, true);
    }
    rowsChanged();
  } catch {
    say(`Cannot read the ${shownHere().show} runs: load the page again`, {
      isFault: true,
    });
  }
}
