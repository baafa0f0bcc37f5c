import type { Tensor5D } from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import { Declaration } from "../weights.ts";
import { checkPatchDivides } from "./_fit.ts";
import { withNeighbours } from "./neighbours.ts";
import type { Net } from "./_net.ts";
import { type Raising, Sight } from "./_sight.ts";
import { type Stage, stageAt } from "./_stage.ts";

/** What a U-Net consists of, finest level first. */
export interface UNetParts {
  /** Channels of each level. */
  readonly filters: readonly number[];
  /** Windows between one level and the next. */
  readonly poolsVox: readonly Zyx[];
  /** What stands on each level on the way down. */
  readonly encoder: readonly Layer[];
  /** From each level but the last to the next one. */
  readonly downs: readonly Layer[];
  /** To each level but the last from the next one. */
  readonly ups: readonly Layer[];
  /** How the grid becomes finer in `ups`, before anything else. */
  readonly raising: Raising;
  /** Joins features that came up with those of the encoder. */
  join(up: Tensor5D, skip: Tensor5D): Tensor5D;
  /** What stands on each level but the last on the way up. */
  readonly decoder: readonly Layer[];
  /** What gives logits: of the finest level, then of as many others as speak. */
  readonly ends: readonly { readonly name: string; readonly layer: Layer }[];
  /** Channels of the logits. */
  readonly heads: number;
  /** Sections on each side that a section sees. */
  readonly neighbours: number;
}

/** Puts the parts of a U-Net (Ronneberger et al. 2015) together. */
export function uNet(parts: UNetParts): Net {
  const { encoder, decoder, downs, ups, ends, filters, poolsVox } = parts;
  const deepest = filters.length - 1;
  const groups = { encoder, up: ups, decoder, down: downs };
  return {
    channels: filters[0]!,
    declare(weights) {
      for (const [name, layers] of Object.entries(groups)) {
        layers.forEach((layer, i) => layer.declare(weights.in(`${name}${i}`)));
      }
      ends.forEach(({ name, layer }) => layer.declare(weights.in(name)));
    },
    apply(weights, image) {
      const skips: Tensor5D[] = [];
      const logits: Tensor5D[] = new Array(ends.length);
      let x = withNeighbours(image, parts.neighbours);
      for (let i = 0; i <= deepest; i++) {
        if (i > 0) {
          x = downs[i - 1]!.apply(weights.in(`down${i - 1}`), x);
        }
        x = encoder[i]!.apply(weights.in(`encoder${i}`), x);
        skips.push(x);
      }
      for (let i = deepest - 1; i >= 0; i--) {
        x = ups[i]!.apply(weights.in(`up${i}`), x);
        x = parts.join(x, skips[i]!);
        x = decoder[i]!.apply(weights.in(`decoder${i}`), x);
        const end = ends[i];
        if (end) logits[i] = end.layer.apply(weights.in(end.name), x);
      }
      return { logits, features: x };
    },
    stages(patchVox) {
      checkPatchDivides(patchVox, poolsVox);
      const stages: Stage[] = [];
      const stop = (
        name: string,
        channels: number,
        sight: Sight,
        from: readonly string[],
      ) => {
        stages.push(stageAt(sight, { name, from, channels }));
        return name;
      };
      let last = "image";
      let sight = Sight.ofImage(patchVox).through([parts.neighbours, 0, 0]);
      const kept = encoder.map((layer, i) => {
        if (i > 0) {
          const down = downs[i - 1]!;
          sight = sight.down(poolsVox[i - 1]!);
          if (hasWeights(down)) {
            last = stop(`down${i - 1}`, filters[i - 1]!, sight, [last]);
          }
        }
        sight = sight.through(layer.reachVox);
        last = stop(`encoder${i}`, filters[i]!, sight, [last]);
        return sight;
      });
      for (let i = deepest - 1; i >= 0; i--) {
        sight = sight.up(poolsVox[i]!, parts.raising).through(ups[i]!.reachVox);
        const up = stop(`up${i}`, filters[i]!, sight, [last]);
        sight = sight.with(kept[i]!).through(decoder[i]!.reachVox);
        last = stop(`decoder${i}`, filters[i]!, sight, [up, `encoder${i}`]);
        const end = ends[i];
        if (!end) continue;
        stop(end.name, parts.heads, sight.through(end.layer.reachVox), [last]);
      }
      return stages;
    },
  };
}

/** Whether a layer has numbers of its own. */
export function hasWeights(layer: Layer): boolean {
  const declaration = new Declaration();
  layer.declare(declaration);
  return declaration.specs.length > 0;
}
