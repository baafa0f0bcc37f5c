import { copy } from "./copy.js";
import { tableText } from "./table_text.js";

/** Sorting by a column's button, filtering by words, columns, copies. */
export function startTables() {
  for (const table of document.querySelectorAll("table.sortable")) {
    for (const head of table.querySelectorAll("th[data-sort]")) {
      for (const button of head.querySelectorAll("button")) {
        button.addEventListener("click", () => sortBy(table, head, button));
      }
    }
  }
  for (const input of document.querySelectorAll("input[data-filter]")) {
    const rows = document.querySelectorAll(`#${input.dataset.filter} tbody tr`);
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  }
  const more = [...document.querySelectorAll("input[data-columns]")];
  for (const box of more) {
    box.addEventListener("change", () => {
      document.documentElement.toggleAttribute("data-columns", box.checked);
      for (const other of more) other.checked = box.checked;
    });
  }
  for (const button of document.querySelectorAll("button[data-table]")) {
    button.addEventListener("click", () => {
      const table = button.closest(".table-box").querySelector("table");
      copy(button, tableText(rowsOf(table), button.dataset.table));
    });
  }
}

/** Rows by a column; by an axis of a variant where the button has its number. */
function sortBy(table, head, { dataset: { axis } }) {
  const isNumber = head.dataset.sort === "number" || axis !== undefined;
  const first = head.dataset.first; // what puts the best on top
  const second = first === "ascending" ? "descending" : "ascending";
  const isSame = head.dataset.axis === axis;
  const order = isSame && head.getAttribute("aria-sort") === first
    ? second
    : first;
  for (const other of table.querySelectorAll("th[aria-sort]")) {
    other.removeAttribute("aria-sort");
  }
  head.setAttribute("aria-sort", order);
  if (axis !== undefined) head.dataset.axis = axis;
  const sign = order === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const value = (row) => {
    const { dataset } = row.cells[head.cellIndex];
    return axis === undefined
      ? dataset.value
      : dataset.places.split(" ")[Number(axis)];
  };
  const rows = [...body.rows].sort((a, b) => {
    const x = value(a), y = value(b);
    if (x === undefined || y === undefined) {
      return Number(x === undefined) - Number(y === undefined); // empty last
    }
    return sign *
      (isNumber ? x - y : x.localeCompare(y, "en", { numeric: true }));
  });
  body.append(...rows);
}

/** What a table shows, as `tableText` takes it. */
function rowsOf(table) {
  const isSeen = (element) =>
    element.checkVisibility() && !element.matches(".no-copy");
  const rows = [...table.tHead.rows, ...table.tBodies[0].rows].filter(isSeen);
  return rows.map((row) => [...row.cells].filter(isSeen).map(cellOf));
}

function cellOf(cell) {
  const { value, more, name } = cell.dataset;
  const isHead = cell.closest("thead") !== null;
  return {
    text: name ?? cell.innerText.replace(/\s+/g, " ").trim(),
    value:
      isHead || value === undefined || !cell.matches(".number, .strip-column")
        ? null
        : Number(value),
    more: more ? JSON.parse(more) : {},
    isBest: cell.classList.contains("best"),
  };
}
