import { type Entry, sizeOf, type Zyx } from "@/core/mod.ts";
import { type Called, type Sections, sectionsOf } from "./_step.ts";
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

/** A prediction that is held whole, and what of it is cleft. */
export interface WholePrediction {
  /** Probabilities as the steps have them that come before the call, `[D, H, W]`. */
  readonly probability: Float32Array;
  /** 1 in voxels called cleft, `[D, H, W]`. */
  readonly cleft: Uint8Array;
}

/** Does the same with a prediction that is held whole. */
export function postprocessWhole(
  probability: Float32Array,
  { shapeVox, entries }: {
    readonly shapeVox: Zyx;
    readonly entries: readonly Entry[];
  },
): WholePrediction {
  const sections = sectionsOf(probability, shapeVox);
  const called = postprocess(sections, entries);
  const isSame = called.probability === sections;
  return {
    probability: isSame ? probability : wholeOf(called.probability),
    cleft: called.cleft,
  };
}

/** Sections as one array, `[D, H, W]`, new. */
export function wholeOf({ shapeVox, section }: Sections): Float32Array {
  const whole = new Float32Array(sizeOf(shapeVox));
  for (let z = 0; z < shapeVox[0]; z++) {
    whole.set(section(z), z * shapeVox[1] * shapeVox[2]);
  }
  return whole;
}
