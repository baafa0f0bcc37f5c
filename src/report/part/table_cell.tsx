import type { VNode } from "preact";
import type { Cell } from "../cell/cell.ts";

/** A cell that the page counts anew as runs are hidden; `metric` is what it is about. */
export function TableCell(
  { cell, metric, ...told }: {
    cell: Cell;
    metric?: string | undefined;
    /** Of how many runs it tells. */
    "data-all"?: number;
    /** The class that colours what it draws. */
    "data-name"?: string;
  },
): VNode {
  return (
    <td
      class={cell.class}
      title={cell.title}
      data-value={cell.value}
      data-more={cell.more && JSON.stringify(cell.more)}
      data-metric={metric}
      {...told}
      dangerouslySetInnerHTML={{ __html: cell.html }}
    />
  );
}
