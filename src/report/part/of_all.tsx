import type { VNode } from "preact";

/** Says, while runs are hidden, that what stands before it is of all of them. */
export function OfAll({ runs }: { runs: number }): VNode | null {
  return runs < 2 ? null : <span class="of-all muted" data-of={runs} />;
}

/** The numbers of runs that a part is about: it goes once all of them are hidden. */
export function aboutRuns(
  runs: readonly { readonly index: number }[],
): string | undefined {
  return runs.map(({ index }) => index).join(" ") || undefined;
}
