/** The numbers of the runs that a part is about: it goes once all of them are hidden. */
export function aboutRuns(
  runs: readonly { readonly index: number }[],
): string | undefined {
  return runs.map(({ index }) => index).join(" ") || undefined;
}
