import type { HloValue } from "../value.ts";

const known = new WeakMap<HloValue, HloValue>();

/**
 * A value as it is computed once and kept. Compilers compute a value again
 * wherever that saves memory, with other last bits: what is compared with
 * something made of it has to be settled before, or the two may differ.
 */
export function settled(x: HloValue): HloValue {
  let kept = known.get(x);
  if (!kept) {
    kept = x.lines.write(x, {
      operation: "optimization_barrier",
      operands: [x],
    });
    known.set(x, kept);
    known.set(kept, kept);
  }
  return kept;
}

/** The settled value, if something has settled it; else as it is. */
export function asSettled(x: HloValue): HloValue {
  return known.get(x) ?? x;
}
