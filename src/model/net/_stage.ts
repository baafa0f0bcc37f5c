import type { Zyx } from "@/core/mod.ts";

/** One stop on the way through a network. */
export interface Stage {
  /** Its name, which begins the names of its weights. */
  readonly name: string;
  /** The stops whose features it takes; `image` is the first of all. */
  readonly from: readonly string[];
  /** Extent of its features in voxels of its own grid. */
  readonly shapeVox: Zyx;
  /** Channels of its features. */
  readonly channels: number;
  /** Voxels of the image that one of its features depends on, at most. */
  readonly receptiveVox: Zyx;
  /** Whether training keeps little of it and computes it again. */
  readonly isRecomputed: boolean;
}
