import { durationText } from "@/core/mod.ts";

/** Tiles of fewer milliseconds do not tell how long the others take. */
const tellingMs = 5000;

/** Milliseconds after which something is shown in any case. */
const longestMs = 30_000;

/**
 * Shows each tenth of the tiles, and on long ways each half minute, with the time
 * left. What tiles take is known from the second on: before the first, the network
 * may have been compiled, and a prediction that was cut goes on in the middle.
 */
export function tileProgress(
  print: (line: string) => void,
  nowMs: () => number = () => performance.now(),
): (done: number, total: number) => void {
  let first: { readonly done: number; readonly ms: number } | undefined;
  let tenths = NaN, shownMs = NaN;
  return (done, total) => {
    const ms = nowMs(), tenth = Math.floor(10 * done / total);
    if (!first) {
      first = { done, ms };
      [tenths, shownMs] = [Math.floor(10 * (done - 1) / total), ms];
    }
    if (tenth <= tenths && ms - shownMs < longestMs) return;
    [tenths, shownMs] = [tenth, ms];
    const goneMs = ms - first.ms;
    const leftMs = goneMs / (done - first.done) * (total - done);
    const isKnown = goneMs > tellingMs && done < total;
    const left = isKnown ? `, ${durationText(leftMs)} left` : "";
    print(`${done} of ${total} tiles${left}`);
  };
}
