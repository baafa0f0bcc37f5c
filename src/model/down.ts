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
 * activation. Its reach is left to who knows the windows.
 */
export function down(
  windowVox: Zyx,
  pooling: Pooling,
  { channels, norm, activate, init }:
    & Pick<BlockPlace, "norm" | "activate" | "init">
    & { readonly channels: number },
): Layer {
  if (pooling === "convolution") {
    const shape = {
      inputs: channels,
      outputs: channels,
      kernelVox: windowVox,
      strides: windowVox,
      ...(init ? { init } : {}),
    };
    return { ...convNorm(shape, norm, { activate }), reachVox: [0, 0, 0] };
  }
  const pool = pooling === "max" ? maxPool3d : avgPool3d;
  return {
    reachVox: [0, 0, 0],
    declare: () => {},
    apply: (_weights, x) => pool(x, windowVox),
  };
}
