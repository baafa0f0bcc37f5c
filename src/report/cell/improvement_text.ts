import { signed } from "./signed.ts";

/** By how much the best run is better than what was best before it. */
export function improvementText(
  { gain, label }: { readonly gain: number; readonly label: string },
  unit: string,
): string {
  return `${signed(gain, unit)} over ${label}, best before it`;
}
