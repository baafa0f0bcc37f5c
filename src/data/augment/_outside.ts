import type { Sample } from "@/core/mod.ts";
import { meanInside } from "./_mean_inside.ts";

/** What stands for what lies beyond a volume. */
export interface Outside {
  /** Grey values: a fixed one, the mean, or those mirrored. */
  readonly outside: "value" | "mean" | "reflect" | "mirror";
  /** The fixed one. */
  readonly outsideValue: number;
  /** Whether it counts as labelled. */
  readonly outsideLabelled: boolean;
}

/** Whether what is mirrored beyond the volume counts as labelled. */
export function mirrorsLabels({ outside, outsideLabelled }: Outside): boolean {
  return outsideLabelled && (outside === "reflect" || outside === "mirror");
}

/** The grey value beyond the volume where nothing is mirrored. */
export function valueBeyond(
  sample: Sample,
  { outside, outsideValue }: Outside,
): number {
  return outside === "mean"
    ? meanInside(sample, { from: 0, sections: sample.shapeVox[0] })
    : outsideValue;
}
