import * as z from "zod";
import { sizeOf } from "@/core/mod.ts";
import { defineStep, type Sections } from "./_step.ts";

/** Calls cleft what has at least a probability. Where it is NaN, nothing is. */
export const threshold = defineStep({
  name: "threshold",
  summary: "Calls cleft what has at least a probability",
  options: {
    p: z.number().min(0).max(1).optional().describe(
      "the probability; by default the one of validation's best Dice",
    ),
  },
  create: ({ p }) => ({
    stage: "call",
    option: "p",
    threshold: p,
    apply: above,
  }),
});

/** 1 where the probability is at least a threshold, `[D, H, W]`. */
export function above(
  { shapeVox, section }: Sections,
  threshold: number,
): Uint8Array {
  const cleft = new Uint8Array(sizeOf(shapeVox));
  for (let z = 0, at = 0; z < shapeVox[0]; z++) {
    const values = section(z);
    for (let i = 0; i < values.length; i++) {
      cleft[at++] = values[i]! >= threshold ? 1 : 0;
    }
  }
  return cleft;
}
