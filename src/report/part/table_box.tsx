import type { ComponentChildren, VNode } from "preact";
import { Scroll } from "./scroll.tsx";

/**
 * A table that scrolls by itself, and what can be done with it: copy it, and see
 * the columns that are seen only when asked for.
 */
export function TableBox(
  { label, isLong = false, hasMore = false, children }: {
    label: string;
    isLong?: boolean;
    /** Whether there are such columns. */
    hasMore?: boolean;
    children: ComponentChildren;
  },
): VNode {
  return (
    <div class="table-box" data-skip={`the table ${label}`}>
      <Scroll label={label} isLong={isLong}>{children}</Scroll>
      <div class="table-tools needs-script">
        {hasMore && (
          <label class="switch">
            <input type="checkbox" data-columns autocomplete="off" />
            <span>More columns</span>
          </label>
        )}
        <span class="muted">Copy as</span>
        {([["csv", "CSV"], ["markdown", "Markdown"], [
          "latex",
          "LaTeX",
        ]] as const)
          .map(([form, text]) => (
            <button
              key={form}
              type="button"
              data-table={form}
              aria-label={`Copy the table ${label} as ${text}`}
            >
              {text}
            </button>
          ))}
      </div>
    </div>
  );
}
