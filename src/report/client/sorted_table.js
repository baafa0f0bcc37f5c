/** A table whose rows go by the column that is clicked. */
export class SortedTable {
  constructor(table) {
    this.begin(table);
  }

  begin(table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.began = { rows: [...this.body.rows], order: this.order };
    table.addEventListener("counted", () => this.sortAgain());
    for (const head of this.heads) {
      for (const button of head.querySelectorAll("button")) {
        button.addEventListener("click", () => this.click(head, button));
      }
    }
  }

  /** Goes on with a table of other columns in place of this one, in the reader's order. */
  take(table) {
    const { order, began } = this;
    this.table.replaceWith(table);
    this.begin(table);
    if (order !== began.order) this.order = order;
  }

  /** Takes a row in place of one, or else below one, on top without; `again` then sorts it in. */
  put(row, { before, above }) {
    const { rows } = this.began;
    if (before) {
      rows[rows.indexOf(before)] = row;
      before.replaceWith(row);
    } else {
      rows.splice(rows.indexOf(above) + 1, 0, row);
      if (above) above.after(row);
      else this.body.prepend(row);
    }
  }

  /** Takes a row away. */
  remove(row) {
    this.began.rows = this.began.rows.filter((one) => one !== row);
    row.remove();
  }

  /** Sorts again, as rows are other than they were. */
  again() {
    if (this.order === this.began.order) this.arrange(this.began.rows);
    else this.sortAgain();
  }

  get heads() {
    return [...this.table.querySelectorAll("th[data-sort]")];
  }

  /** The column, the axis of a variant or nothing, and which way: `AP..descending`. */
  get order() {
    const head = this.table.querySelector("th[aria-sort]");
    return head
      ? [columnName(head), head.dataset.axis, head.getAttribute("aria-sort")]
        .join(".")
      : "";
  }

  /** Sorts so; of what is no order, as the page began. */
  set order(text) {
    const { head, axis, way } = this.read(text);
    const isOrder = head && ["ascending", "descending"].includes(way);
    if (isOrder && text !== this.began.order) this.sort(head, { way, axis });
    else {
      const { head, ...how } = this.read(this.began.order);
      this.mark(head, how);
      const isStill = (row) => row.parentNode === this.body;
      this.arrange(this.began.rows.filter(isStill));
    }
  }

  /** Sorts by what its cells have come to, if it is sorted. */
  sortAgain() {
    const head = this.table.querySelector("th[aria-sort]");
    if (!head) return;
    const { axis } = head.dataset;
    this.sort(head, { way: head.getAttribute("aria-sort"), axis });
  }

  read(order) {
    const parts = order.split("."), way = parts.pop(), axis = parts.pop();
    const name = parts.join(".");
    const head = this.heads.find((one) => columnName(one) === name);
    return { head, way, axis: axis || undefined };
  }

  click(head, { dataset: { axis } }) {
    const { first } = head.dataset; // what puts the best on top
    const isSame = head.dataset.axis === axis;
    const isAgain = isSame && head.getAttribute("aria-sort") === first;
    const second = first === "ascending" ? "descending" : "ascending";
    this.sort(head, { way: isAgain ? second : first, axis });
  }

  /** Rows by a column; by an axis of a variant where there is one. */
  sort(head, { way, axis }) {
    this.mark(head, { way, axis });
    const isNumber = head.dataset.sort === "number" || axis !== undefined;
    const sign = way === "ascending" ? 1 : -1;
    const value = (row) => {
      const { value, places } = row.cells[head.cellIndex].dataset;
      return axis === undefined ? value : places?.split(" ")[Number(axis)];
    };
    const rows = [...this.body.rows].sort((a, b) => {
      const x = value(a), y = value(b);
      if (x === undefined || y === undefined) {
        return Number(x === undefined) - Number(y === undefined); // empty last
      }
      return sign *
        (isNumber ? x - y : x.localeCompare(y, "en", { numeric: true }));
    });
    this.arrange(rows);
  }

  /** Puts the rows so; the focus stays where it is. */
  arrange(rows) {
    const now = [...this.body.rows];
    if (rows.every((row, i) => row === now[i])) return;
    const { activeElement } = document;
    const hasFocus = this.body.contains(activeElement);
    this.body.append(...rows);
    if (hasFocus) activeElement.focus({ preventScroll: true });
  }

  mark(head, { way, axis }) {
    for (const other of this.table.querySelectorAll("th[aria-sort]")) {
      other.removeAttribute("aria-sort");
      delete other.dataset.axis;
    }
    head?.setAttribute("aria-sort", way);
    if (head && axis) head.dataset.axis = axis;
  }
}

/** What a column is called. */
function columnName(head) {
  return head.dataset.name ?? head.querySelector("button").textContent;
}
