/**
 * How our side of a benchmark measures itself.
 *
 * @module
 */
import process from "node:process";

/**
 * Milliseconds of one call of `work`, which gets the number of the call: the
 * mean over rounds of at least `seconds`, the least of three, after one more
 * round that warms up.
 */
export function millisecondsOf(
  work: (call: number) => void,
  seconds: number,
): number {
  let calls = 0;
  const round = () => {
    const first = calls, start = performance.now();
    do work(calls++); while (performance.now() - start < seconds * 1000);
    return (performance.now() - start) / (calls - first);
  };
  round();
  return Math.min(round(), round(), round());
}

/** The same of work that is waited for. */
export async function millisecondsOfAll(
  work: (call: number) => void | Promise<void>,
  seconds: number,
): Promise<number> {
  let calls = 0;
  const round = async () => {
    const first = calls, start = performance.now();
    do await work(calls++); while (performance.now() - start < seconds * 1000);
    return (performance.now() - start) / (calls - first);
  };
  await round();
  return Math.min(await round(), await round(), await round());
}

/**
 * Peak memory of this process in MiB. Linux counts it apart from that of the
 * process that started this one, `maxRSS` does not.
 */
export function peakMiB(): number {
  if (Deno.build.os !== "linux") return process.resourceUsage().maxRSS / 1024;
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/VmHWM:\s+(\d+)/.exec(status)![1]) / 1024;
}

/** Prints what was measured, for the harness. */
export function tell(ms: number, value?: number): void {
  console.log(JSON.stringify({ ms, peakMiB: peakMiB(), value }));
}
