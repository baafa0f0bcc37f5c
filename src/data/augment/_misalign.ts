import type { Rng } from "@/core/mod.ts";

/** A displacement in the plane, in voxels. */
export type Shift = readonly [y: number, x: number];

/** Where the sections of a patch are displaced to, lowest z first. */
export interface Misalignment {
  /** Added to the places where grey values are read. */
  readonly imageShiftsVox: readonly Shift[];
  /** Added to the places where labels are read. */
  readonly labelShiftsVox: readonly Shift[];
}

/** How sections are displaced. */
export interface MisalignmentOptions {
  /** Chance that a section alone is displaced. */
  readonly probSlip: number;
  /** Chance that it is, with all that follow. */
  readonly probShift: number;
  /** Largest displacement in voxels. */
  readonly maxMisalign: number;
  /** Whether labels slip with their section. */
  readonly slipLabels: boolean;
}

/**
 * Draws slips and shifts (AUG-6d): for each section one number decides; a slip
 * takes the place of the shifts so far, a shift is added from its section on.
 */
export function drawMisalignment(
  sections: number,
  { probSlip, probShift, maxMisalign, slipLabels }: MisalignmentOptions,
  rng: Rng,
): Misalignment {
  const along = () => rng.integer(2 * maxMisalign + 1) - maxMisalign;
  const imageShiftsVox: Shift[] = [], labelShiftsVox: Shift[] = [];
  let shifted: Shift = [0, 0];
  for (let z = 0; z < sections; z++) {
    const r = rng.uniform(0, 1);
    const isSlip = r < probSlip;
    let shift = shifted;
    if (isSlip) {
      shift = [along(), along()];
    } else if (r < probSlip + probShift) {
      shift = shifted = [shifted[0] + along(), shifted[1] + along()];
    }
    imageShiftsVox.push(shift);
    labelShiftsVox.push(isSlip && !slipLabels ? shifted : shift);
  }
  return { imageShiftsVox, labelShiftsVox };
}
