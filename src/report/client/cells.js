/** Makes a table's cell what a description of it says, as `part/table_cell.tsx` does. */
export function fillCell(td, { class: name, title, value, more, html }) {
  td.className = name ?? "";
  td.innerHTML = html;
  setOrRemove(td, { name: "title", value: title });
  setOrRemove(td, { name: "data-value", value });
  setOrRemove(td, { name: "data-more", value: more && JSON.stringify(more) });
}

/** Sets an attribute, or takes it away where there is nothing to say. */
export function setOrRemove(element, { name, value }) {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** The cells of a table that are about a metric, by metric: a column each. */
export function columnsOf(rows) {
  const cells = rows.flatMap((row) =>
    [...row.querySelectorAll("td[data-metric]")].map((cell) => ({ row, cell }))
  );
  return Map.groupBy(cells, ({ cell }) => cell.dataset.metric);
}

/** The tables of the page that have such rows. */
export function tablesWith(rows) {
  return new Set(
    [...document.querySelectorAll(rows)].map((row) => row.closest("table")),
  );
}
