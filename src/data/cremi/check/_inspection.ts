import { wholeBox } from "@/core/mod.ts";
import type { Hdf5Dataset, Numbers } from "../../hdf5/mod.ts";
import { slabsOf } from "../../volume/slabs.ts";
import type { Faults } from "../_faults.ts";

/** A volume with grey values, or what is sent to the challenge: labels alone. */
export type CremiForm = "volume" | "submission";

/** A file that is looked into, and what is wrong with it or unusual so far. */
export interface Inspection {
  readonly form: CremiForm;
  readonly faults: Faults;
  readonly notes: string[];
  /** Where the file is named. */
  readonly where: string;
  /** Stops it. */
  readonly signal: AbortSignal | undefined;
}

/** All numbers of a dataset, some sections at a time. */
export async function* readSlabs(
  dataset: Hdf5Dataset,
  signal: AbortSignal | undefined,
): AsyncGenerator<Numbers> {
  for (const { box } of slabsOf(wholeBox(dataset.shapeVox))) {
    await new Promise((resolve) => setTimeout(resolve)); // lets signals arrive
    signal?.throwIfAborted();
    yield dataset.read(box);
  }
}

/** Calls `act` with the place and the length of each run of equal numbers. */
export function eachRun(
  numbers: Numbers,
  act: (at: number, count: number) => void,
): void {
  const isWide = numbers instanceof BigUint64Array ||
    numbers instanceof BigInt64Array;
  const parts = isWide // pairs of 32 bits: ten times faster than bigints
    ? new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
    : numbers;
  const step = isWide ? 2 : 1;
  for (let start = 0, at = step; start < parts.length; at += step) {
    if (
      at < parts.length && parts[at] === parts[start] &&
      parts[at + step - 1] === parts[start + step - 1]
    ) continue;
    act(start / step, (at - start) / step);
    start = at;
  }
}
