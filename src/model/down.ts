import type { Zyx } from "@/core/mod.ts";
import { avgPool3d, maxPool3d } from "@/engine/mod.ts";
import type { Layer } from "./_layer.ts";
import type { BlockPlace } from "./block/mod.ts";
import { convNorm } from "./unit.ts";

/** How features reach a coarser grid. */
export type Pooling = "max" | "average" | "convolution";

/**
 * To a coarser grid, by windows that do not overlap: the largest of each, the
 * mean, or a convolution with the window as its kernel and stride (as in V-Net,
 * Milletari et al. 2016), followed by the network's normalisation and
 * activation.
 */
export function down(
  windowVox: Zyx,
  pooling: Pooling,
  { channels, norm, activate, init }:
    & Pick<BlockPlace, "norm" | "activate" | "init">
    & { readonly channels: number },
): Layer {
  const windows = { kernelVox: windowVox, strides: windowVox };
  if (pooling === "convolution") {
    const shape = { inputs: channels, outputs: channels, ...windows };
    return convNorm({ ...shape, ...init && { init } }, norm, { activate });
  }
  const pool = pooling === "max" ? maxPool3d : avgPool3d;
  return {
    see: (x) => ({ ...x, sight: x.sight.through(windows) }),
    declare: () => {},
    apply: (_weights, x) => pool(x, windowVox),
  };
}
