import * as tf from "@tensorflow/tfjs-core";
import { maxPoolCentred } from "@/engine/mod.ts";
import type { Layer } from "../_layer.ts";
import type { Parts } from "../compose.ts";
import type { NetFlow, NetResult } from "../flow.ts";
import type { Net } from "./_net.ts";
import { besides } from "./neighbours.ts";

/** What a LinkNet consists of. */
export interface LinkNetParts extends Pick<Net, "channels" | "isRecomputed"> {
  /** From the image to a grid of half its extents. */
  readonly stem: Layer;
  /** The encoder's stages; the stem's features are pooled before the first. */
  readonly stages: readonly Layer[];
  /** What stands after the last stage, if anything does. */
  readonly centre?: Layer | undefined;
  /** From each stage's grid to one twice as fine. */
  readonly decoders: readonly Layer[];
  /** From the grid of the stem to the image's. */
  readonly final: Layer;
  /** What gives logits: after `final`, then after `decoder1`, `decoder2`, … */
  readonly ends: Parts;
  /** Sections on each side that a section sees. */
  readonly neighbours: number;
}

/**
 * Puts the parts of a LinkNet (Chaurasia and Culurciello 2017) together. To its
 * layers sections are samples: `[N * D, 1, H, W, C]`.
 */
export function linkNet(parts: LinkNetParts): Net {
  const { stem, stages, centre, decoders, final, channels, isRecomputed } =
    parts;
  const ends = Object.keys(parts.ends);
  const named: Record<string, Layer> = { stem };
  stages.forEach((stage, i) => named[`layer${i + 1}`] = stage);
  if (centre) named["centre"] = centre;
  decoders.forEach((decoder, i) => named[`decoder${i + 1}`] = decoder);
  return {
    channels,
    poolsVox: new Array(stages.length + 1).fill([1, 2, 2]),
    isRecomputed,
    parts: {
      ...named,
      final,
      ...parts.ends,
      neighbours: besides(parts.neighbours),
      pool,
    },
    lead<F>(flow: NetFlow<F>, image: F): NetResult<F> {
      const seen = flow.through("neighbours", image);
      return flow.bySection(seen, (sections) => {
        const logits: F[] = new Array(ends.length);
        let x = flow.through("pool", flow.through("stem", sections));
        // A copy, so that gradients from within a stage are added up before that
        // of the decoder: recomputed or not, in the same order.
        const kept = stages.map((_, i) =>
          x = flow.through(`layer${i + 1}`, flow.each(tf.clone, x))
        );
        if (centre) x = flow.through("centre", x);
        for (let i = stages.length; i > 0; i--) {
          const name = `decoder${i}`, skip = kept[i - 2];
          x = flow.stop(name, () => {
            const y = flow.through(name, x);
            return skip === undefined ? y : flow.each(tf.add, y, skip);
          });
          if (i < ends.length) logits[i] = flow.through(ends[i]!, x);
        }
        const features = flow.through("final", x);
        logits[0] = flow.through(ends[0]!, features);
        return { logits, features };
      });
    },
  };
}

/** ResNet's pooling. */
const pool: Layer = {
  declare: () => {},
  apply: (_weights, x) => maxPoolCentred(x, 3, 2),
  see: ({ sight, channels }) => ({
    sight: sight.through({
      kernelVox: [1, 3, 3],
      strides: [1, 2, 2],
      isCentred: true,
    }),
    channels,
  }),
};
