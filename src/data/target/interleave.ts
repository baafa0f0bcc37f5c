import type { TargetPatch } from "./_target.ts";

/**
 * The targets of several heads side by side: `[D, H, W, channels]` for what each
 * is to say, `[D, H, W, heads]` for how far that is known and what it weighs.
 */
export function interleave(patches: readonly TargetPatch[]): TargetPatch {
  const [first, ...others] = patches;
  if (others.length === 0) return first!;
  const voxels = first!.mask.length;
  const together = (key: keyof TargetPatch) => {
    const all = patches.map((patch) => patch[key]);
    const width = all.reduce((sum, { length }) => sum + length / voxels, 0);
    const result = new Float32Array(voxels * width);
    let channel = 0;
    for (const values of all) {
      const own = values.length / voxels;
      for (let k = 0; k < own; k++, channel++) {
        for (let i = k, at = channel; i < values.length; i += own) {
          result[at] = values[i]!;
          at += width;
        }
      }
    }
    return result;
  };
  return {
    target: together("target"),
    mask: together("mask"),
    weight: together("weight"),
  };
}
