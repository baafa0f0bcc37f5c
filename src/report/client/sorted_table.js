/** A table whose rows go by the column that is clicked. */
export class SortedTable {
  constructor(table) {
    this.table = table;
    this.body = table.tBodies[0];
    this.began = { rows: [...this.body.rows], order: this.order };
    table.addEventListener("counted", () => this.sortAgain());
    for (const head of table.querySelectorAll("th[data-sort]")) {
      for (const button of head.querySelectorAll("button")) {
        button.addEventListener("click", () => this.click(head, button));
      }
    }
  }

  /** The column's number, the axis of a variant or nothing, and which way: `3..descending`. */
  get order() {
    const head = this.table.querySelector("th[aria-sort]");
    return head
      ? [head.cellIndex, head.dataset.axis, head.getAttribute("aria-sort")]
        .join(".")
      : "";
  }

  /** Sorts so; of what is no order, as the page began. */
  set order(text) {
    const [column, axis, way] = text.split(".");
    const head = this.table.tHead.rows[0].cells[column];
    const isOrder = head?.matches("[data-sort]") &&
      ["ascending", "descending"].includes(way);
    if (isOrder && text !== this.began.order) {
      this.sort(head, { way, axis: axis || undefined });
    } else {
      const [column, axis, way] = this.began.order.split(".");
      this.mark(this.table.tHead.rows[0].cells[column], { way, axis });
      const isStill = (row) => row.parentNode === this.body;
      this.body.append(...this.began.rows.filter(isStill));
    }
  }

  /** Sorts by what its cells have come to, if it is sorted. */
  sortAgain() {
    const head = this.table.querySelector("th[aria-sort]");
    if (!head) return;
    const { axis } = head.dataset;
    this.sort(head, { way: head.getAttribute("aria-sort"), axis });
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
    this.body.append(...rows);
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
