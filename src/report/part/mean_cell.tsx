import type { VNode } from "preact";
import type { Spread } from "../spread.ts";
import type { Column } from "./columns.tsx";
import { SpreadText } from "./spread_text.tsx";

/** A mean over seeds with its deviation, as a cell. */
export function MeanCell(
  { spread, column: { facts, isMore }, isBest = false, title }: {
    spread: Spread | null;
    column: Column;
    isBest?: boolean;
    title?: string | undefined;
  },
): VNode {
  return (
    <td
      class={`number${isMore ? " is-more" : ""}${isBest ? " best" : ""}`}
      title={title}
      data-value={spread?.mean}
      data-more={spread
        ? JSON.stringify({ SD: spread.deviation, n: spread.n })
        : undefined}
    >
      <span>
        <SpreadText spread={spread} unit={facts.unit} />
      </span>
    </td>
  );
}
