import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import { maxPoolCentred } from "@/engine/mod.ts";
import type { Layer } from "../_layer.ts";
import { checkPatchDivides } from "./_fit.ts";
import type { Net } from "./_net.ts";
import { Sight } from "./_sight.ts";
import { type Stage, stageAt } from "./_stage.ts";
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

function stopsOf(parts: LinkNetParts, patchVox: Zyx): Stage[] {
  const { stages, ends, centre } = parts;
  const stops: Stage[] = [];
  let last = "image";
  const stop = (
    name: string,
    channels: number,
    sight: Sight,
    from: readonly string[] = [last],
  ) => {
    stops.push(stageAt(sight, { name, from, channels }));
    return name;
  };
  const around = (reach: number): Zyx => [0, reach, reach];
  const half: Zyx = [1, 2, 2];

  let sight = Sight.ofImage(patchVox).through([parts.neighbours, 0, 0])
    .downAround(half, around(3));
  last = stop("stem", parts.stemChannels, sight);
  sight = sight.downAround(half, around(1)); // the pooling
  const kept = stages.map(({ channels, stride, looks }, i) => {
    sight = sight.downAround([1, stride, stride], around(1))
      .through(around(looks - 1));
    last = stop(`layer${i + 1}`, channels, sight);
    return sight;
  });
  if (centre) {
    sight = sight.through(centre.reachVox);
    last = stop("centre", stages.at(-1)!.channels, sight);
  }
  for (let i = stages.length - 1; i >= 0; i--) {
    const { channels } = stages[Math.max(0, i - 1)]!;
    sight = sight.up(half, "around"); // by a kernel of 3
    if (i > 0) sight = sight.with(kept[i - 1]!);
    const skips = i > 0 ? [`layer${i}`] : [];
    last = stop(`decoder${i + 1}`, channels, sight, [last, ...skips]);
    const end = ends[i + 1];
    if (end) stop(end.name, parts.heads, sight.through(end.layer.reachVox));
  }
  sight = sight.up(half, "between").through(around(1)); // by a kernel of 4
  last = stop("final", parts.channels, sight);
  const [head] = ends;
  stop(head!.name, parts.heads, sight.through(head!.layer.reachVox));
  return stops;
}
