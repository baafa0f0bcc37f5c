import type { TargetPatch } from "./_target.ts";

/** The targets of several heads side by side: `[D, H, W]` each, `[D, H, W, heads]` together. */
export function interleave(patches: readonly TargetPatch[]): TargetPatch {
  const [first, ...others] = patches;
  if (others.length === 0) return first!;
  const together = (key: keyof TargetPatch) => {
    const all = new Float32Array(patches.length * first![key].length);
    for (const [head, patch] of patches.entries()) {
      const values = patch[key];
      for (let i = 0, at = head; i < values.length; i++) {
        all[at] = values[i]!;
        at += patches.length;
      }
    }
    return all;
  };
  return {
    target: together("target"),
    mask: together("mask"),
    weight: together("weight"),
  };
}
