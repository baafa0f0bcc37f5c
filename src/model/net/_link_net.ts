import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { maxPoolCentred } from "@/engine/mod.ts";
import type { Layer } from "../_layer.ts";
import { checkPatchDivides } from "./_fit.ts";
import type { Net, Stage } from "./_net.ts";
import type { ResNetStage } from "./_res_net.ts";
import { withNeighbours } from "./neighbours.ts";

/** What a LinkNet consists of. */
export interface LinkNetParts {
  /** From the image to a grid of half its extents. */
  readonly stem: Layer;
  /** The encoder's stages; the stem's features are pooled before the first. */
  readonly stages: readonly ResNetStage[];
  /** What stands after the last stage, if anything does. */
  readonly centre?: Layer | undefined;
  /** From each stage's grid to one twice as fine. */
  readonly decoders: readonly Layer[];
  /** From the grid of the stem to the image's. */
  readonly final: Layer;
  /** Channels that `stem` gives. */
  readonly stemChannels: number;
  /** Channels that `final` gives. */
  readonly channels: number;
  /** What gives logits: after `final`, then after `decoder1`, `decoder2`, … */
  readonly ends: readonly { readonly name: string; readonly layer: Layer }[];
  /** Channels of the logits. */
  readonly heads: number;
  /** Sections on each side that a section sees. */
  readonly neighbours: number;
}

/**
 * Puts the parts of a LinkNet (Chaurasia and Culurciello 2017) together. To its
 * layers sections are samples: `[N * D, 1, H, W, C]`.
 */
export function linkNet(parts: LinkNetParts): Net {
  const { stages, decoders, ends, neighbours } = parts;
  const named: Record<string, Layer> = { stem: parts.stem };
  stages.forEach(({ layer }, i) => named[`layer${i + 1}`] = layer);
  if (parts.centre) named["centre"] = parts.centre;
  decoders.forEach((layer, i) => named[`decoder${i + 1}`] = layer);
  named["final"] = parts.final;
  for (const { name, layer } of ends) named[name] = layer;
  return {
    channels: parts.channels,
    declare(weights) {
      for (const [name, layer] of Object.entries(named)) {
        layer.declare(weights.in(name));
      }
    },
    apply(weights, image) {
      const [n, d] = image.shape;
      const whole = (x: tf.Tensor5D) =>
        tf.reshape<tf.Rank.R5>(x, [n, d, ...x.shape.slice(2)] as Shape);
      const run = (name: string, x: tf.Tensor5D) =>
        named[name]!.apply(weights.in(name), x);
      const logits: tf.Tensor5D[] = new Array(ends.length);
      const seen = withNeighbours(image, neighbours);
      const sections: Shape = [n * d, 1, ...seen.shape.slice(2)] as Shape;
      let x = run("stem", tf.reshape(seen, sections));
      x = maxPoolCentred(x, 3, 2);
      // A copy, so that gradients from within a stage are added up before that of
      // the decoder: recomputed or not, in the same order.
      const kept = stages.map((_, i) => x = run(`layer${i + 1}`, tf.clone(x)));
      if (parts.centre) x = run("centre", x);
      for (let i = stages.length - 1; i >= 0; i--) {
        x = run(`decoder${i + 1}`, x);
        if (i > 0) x = tf.add(x, kept[i - 1]!);
        const end = ends[i + 1];
        if (end) logits[i + 1] = whole(run(end.name, x));
      }
      const features = run("final", x);
      logits[0] = whole(run(ends[0]!.name, features));
      return { logits, features: whole(features) };
    },
    stages(patchVox) {
      checkPatchDivides(
        patchVox,
        new Array(stages.length + 1).fill([1, 2, 2] satisfies Zyx),
      );
      return stopsOf(parts, patchVox);
    },
  };
}

type Shape = tf.Tensor5D["shape"];

/** The stops of a patch of sections; the field is the same along y and x. */
function stopsOf(parts: LinkNetParts, [depth, ...plane]: Zyx): Stage[] {
  const { stages, ends, centre } = parts;
  const stops: Stage[] = [];
  let step = 1; // voxels of the image in one of the present grid
  const stop = (
    name: string,
    from: readonly string[],
    channels: number,
    seesVox: number,
  ): string => {
    const [height, width] = plane.map((extent) => extent / step);
    stops.push({
      name,
      from,
      shapeVox: [depth, height!, width!],
      channels,
      receptiveVox: [1 + 2 * parts.neighbours, seesVox, seesVox],
    });
    return name;
  };

  step = 2;
  let sees = 7;
  let last = stop("stem", ["image"], parts.stemChannels, sees);
  sees += 2 * step; // the pooling
  step *= 2;
  stages.forEach(({ channels, stride, looks }, i) => {
    sees += 2 * step; // its first convolution, on the grid before
    step *= stride;
    sees += 2 * step * (looks - 1);
    last = stop(`layer${i + 1}`, [last], channels, sees);
  });
  if (centre) {
    sees += 2 * step * centre.reachVox[1];
    last = stop("centre", [last], stages.at(-1)!.channels, sees);
  }

  // `deconv2` takes n voxels side by side from n / 2 + 1 of the coarser grid.
  const deepest = step;
  const seesFrom = (voxels: number, decoder: number): number =>
    decoder === stages.length
      ? sees + (voxels - 1) * deepest
      : seesFrom(Math.ceil(voxels / 2) + 1, decoder + 1);
  for (let i = stages.length - 1; i >= 0; i--) {
    step /= 2;
    const { channels } = stages[Math.max(0, i - 1)]!;
    const skips = i > 0 ? [`layer${i}`] : [];
    last = stop(`decoder${i + 1}`, [last, ...skips], channels, seesFrom(1, i));
    const end = ends[i + 1];
    if (end) stop(end.name, [last], parts.heads, seesFrom(3, i));
  }
  // `deconv1` takes 3 voxels side by side from 3, and 5 from 4.
  step = 1;
  last = stop("final", [last], parts.channels, seesFrom(3, 0));
  stop(ends[0]!.name, [last], parts.heads, seesFrom(4, 0));
  return stops;
}
