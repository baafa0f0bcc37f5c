/** Sorting by a column's button, filtering by words. */
export function startTables() {
  for (const table of document.querySelectorAll("table.sortable")) {
    for (const head of table.querySelectorAll("th[data-sort]")) {
      head.querySelector("button")
        .addEventListener("click", () => sortBy(table, head));
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
}

function sortBy(table, head) {
  const isNumber = head.dataset.sort === "number";
  const first = head.dataset.first ?? "ascending"; // what puts the best on top
  const second = first === "ascending" ? "descending" : "ascending";
  const order = head.getAttribute("aria-sort") === first ? second : first;
  for (const other of table.querySelectorAll("th[aria-sort]")) {
    other.removeAttribute("aria-sort");
  }
  head.setAttribute("aria-sort", order);
  const sign = order === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const value = (row) => row.cells[head.cellIndex].dataset.value;
  const rows = [...body.rows].sort((a, b) => {
    const x = value(a), y = value(b);
    if (x === undefined || y === undefined) {
      return Number(x === undefined) - Number(y === undefined); // empty last
    }
    return sign * (isNumber ? x - y : x < y ? -1 : x > y ? 1 : 0);
  });
  body.append(...rows);
}
