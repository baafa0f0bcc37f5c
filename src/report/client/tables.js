import { keepInAddress } from "./address.js";
import { copy } from "./copy.js";
import { SortedTable } from "./sorted_table.js";
import { tableText } from "./table_text.js";

/** Sorting by a column's button, filtering by words, columns, copies; the sorted tables. */
export function startTables() {
  const sorted = [...document.querySelectorAll("table.sortable")]
    .map((table) => new SortedTable(table));
  keepOrders(sorted);
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
  const showMore = (isShown) => {
    document.documentElement.toggleAttribute("data-columns", isShown);
    for (const box of more) box.checked = isShown;
  };
  for (const box of more) {
    box.addEventListener("change", () => showMore(box.checked));
  }
  keepInAddress("columns", {
    read: () => more[0]?.checked ? "all" : "",
    write: (text) => showMore(text === "all"),
  });
  for (const button of document.querySelectorAll("button[data-table]")) {
    button.addEventListener("click", () => {
      const table = button.closest(".table-box").querySelector("table");
      copy(button, tableText(rowsOf(table), button.dataset.table));
    });
  }
  return sorted;
}

/** Keeps the order of each table by what it is called, such as `Scores-1`. */
function keepOrders(tables) {
  const counts = new Map();
  for (const sorted of tables) {
    const box = sorted.table.closest("[aria-label]");
    const name = (box?.ariaLabel ?? "Table").replaceAll(" ", "-");
    counts.set(name, (counts.get(name) ?? 0) + 1);
    keepInAddress(`sort-${name}-${counts.get(name)}`, {
      read: () => sorted.order,
      write: (text) => sorted.order = text,
    });
  }
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
