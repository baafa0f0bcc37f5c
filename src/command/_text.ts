/** Rows as aligned columns, nothing of none; the first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from(
    { length: columns },
    (_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd()
  ).join("\n");
}

/** An extent, such as `20 × 1024 × 704`. */
export function times(extent: readonly number[]): string {
  return extent.join(" × ");
}

/** How many there are of a kind: `1 run`, `2 runs`. */
export function counted(n: number, kind: string): string {
  return `${n} ${kind}${n === 1 ? "" : "s"}`;
}

/** A size, such as `1.5 MiB`. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

/** A number in at most six characters or so: `0.512`, `1532`, `–` for none. */
export function shortNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (Number.isInteger(value)) return `${value}`;
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** An ISO time to the minute, as `2026-02-03 14:05` in UTC. */
export function shortTime(iso: string | null): string {
  return iso === null ? "–" : iso.slice(0, 16).replace("T", " ");
}
