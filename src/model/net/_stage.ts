import type { Zyx } from "@/core/mod.ts";
import type { Sight } from "./_sight.ts";

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
  /** Which ones each feature depends on. */
  readonly sight: Sight;
  /** Whether training keeps little of it and computes it again. */
  readonly isRecomputed?: boolean;
}

/** The stop whose features see so much. */
export function stageAt(
  sight: Sight,
  stop: Pick<Stage, "name" | "from" | "channels">,
): Stage {
  const { shapeVox, receptiveVox } = sight;
  return { ...stop, shapeVox, receptiveVox, sight };
}
