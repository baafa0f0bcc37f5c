import type { VNode } from "preact";

/** Says, while runs are hidden, that what stands before it is of all of them. */
export function OfAll({ runs }: { runs: number }): VNode | null {
  return runs < 2 ? null : <span class="of-all muted" data-of={runs} />;
}
