/**
 * Gives each row of a matrix of costs a column of its own so that the sum is
 * least (the Hungarian method with shortest augmenting paths; Jonker and
 * Volgenant 1987). Takes time in proportion to rows² × columns.
 *
 * @param costs `[rows, columns]`, finite, not more rows than columns.
 * @returns The column of each row.
 * @throws {RangeError} If there are more rows than columns.
 */
export function assignRows(
  costs: ArrayLike<number>,
  [rows, columns]: readonly [rows: number, columns: number],
): Int32Array {
  if (rows > columns || costs.length !== rows * columns) {
    throw new RangeError(
      `Cannot assign ${rows} rows to ${columns} columns by ${costs.length} costs`,
    );
  }
  // Rows and columns count from 1; 0 is where a path begins.
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1); // of each column; 0 is free
  for (let row = 1; row <= rows; row++) {
    const least = new Float64Array(columns + 1).fill(Infinity);
    const before = new Int32Array(columns + 1);
    const isDone = new Uint8Array(columns + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      isDone[column] = 1;
      const from = rowOf[column]!;
      let step = Infinity, next = 0;
      for (let c = 1; c <= columns; c++) {
        if (isDone[c]) continue;
        const cost = costs[(from - 1) * columns + c - 1]! - rowPrice[from]! -
          columnPrice[c]!;
        if (cost < least[c]!) {
          least[c] = cost;
          before[c] = column;
        }
        if (least[c]! < step) {
          step = least[c]!;
          next = c;
        }
      }
      for (let c = 0; c <= columns; c++) {
        if (isDone[c]) {
          rowPrice[rowOf[c]!]! += step;
          columnPrice[c]! -= step;
        } else {
          least[c]! -= step;
        }
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      rowOf[column] = rowOf[before[column]!]!;
      column = before[column]!;
    }
  }
  const result = new Int32Array(rows);
  for (let c = 1; c <= columns; c++) {
    if (rowOf[c] !== 0) result[rowOf[c]! - 1] = c - 1;
  }
  return result;
}
