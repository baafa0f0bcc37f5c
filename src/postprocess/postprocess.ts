import type { Entry } from "@/core/mod.ts";
import type { Called, Sections } from "./_step.ts";
import { steps } from "./catalog.ts";
import { callOf } from "./order.ts";

/** What is called cleft in the end, and how. */
export interface Postprocessed extends Called {
  /** What the call was made by. */
  readonly threshold: number;
}

/** Probabilities as the steps have them that come before the call. */
export function beforeCall(
  probability: Sections,
  entries: readonly Entry[],
): Sections {
  return entries.map(steps.create).reduce(
    (sections, step) =>
      step.stage === "probability" ? step.apply(sections) : sections,
    probability,
  );
}

/**
 * Says what is cleft in a prediction, by steps that {@linkcode settledSteps}
 * gave. Memory holds a byte for each voxel and some sections.
 *
 * @throws {RangeError} If the steps have no threshold.
 */
export function postprocess(
  probability: Sections,
  entries: readonly Entry[],
): Postprocessed {
  const call = callOf(entries);
  if (call?.threshold === undefined) {
    throw new RangeError("Cannot post-process: there is no threshold");
  }
  const before = beforeCall(probability, entries);
  const called: Called = {
    probability: before,
    cleft: call.apply(before, call.threshold),
    connectivity: 26,
  };
  const result = entries.map(steps.create).reduce(
    (now, step) => step.stage === "mask" ? step.apply(now) : now,
    called,
  );
  return { ...result, threshold: call.threshold };
}
