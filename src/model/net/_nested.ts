import * as tf from "@tensorflow/tfjs-core";
import type { Zyx } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";
import type { Activation } from "../activation.ts";
import { checkPatchDivides } from "./_fit.ts";
import type { Net } from "./_net.ts";
import { type Raising, Sight } from "./_sight.ts";
import { type Stage, stageAt } from "./_stage.ts";
import { hasWeights } from "./_unet.ts";
import { withNeighbours } from "./neighbours.ts";

/** The blocks on one grid. */
export interface Row {
  /** Channels that each of them gives. */
  readonly channels: number;
  /** The blocks, from the encoder's on; one less than in the row above. */
  readonly blocks: readonly Layer[];
  /** To each block but the first from the one before it in the row below. */
  readonly ups: readonly Layer[];
}

/** What a nested U-Net consists of, finest row first. */
export interface NestedParts {
  /** Its rows. */
  readonly rows: readonly Row[];
  /** Windows between one row and the next. */
  readonly poolsVox: readonly Zyx[];
  /** From the first block of each row but the last to that of the next one. */
  readonly downs: readonly Layer[];
  /** How the grid becomes finer in `ups`, before anything else. */
  readonly raising: Raising;
  /** What follows an up-sampling. */
  readonly activate: Activation;
  /** What gives logits: from the last block of the finest row, then of others. */
  readonly ends: readonly { readonly name: string; readonly layer: Layer }[];
  /** Channels of the logits. */
  readonly heads: number;
  /** Sections on each side that a section sees. */
  readonly neighbours: number;
}

/**
 * Puts the parts of a nested U-Net (Zhou et al. 2018) together. Its blocks are
 * named `block0_0`, `block0_1`, …, by row and place.
 */
export function nested(parts: NestedParts): Net {
  const { rows, downs, ends, activate } = parts;
  const deepest = rows.length - 1;
  const at = (kind: string, row: number, place: number) =>
    `${kind}${row}_${place}`;
  return {
    channels: rows[0]!.channels,
    declare(weights) {
      downs.forEach((down, i) => down.declare(weights.in(`down${i}`)));
      rows.forEach(({ blocks, ups }, i) => {
        blocks.forEach((block, j) =>
          block.declare(weights.in(at("block", i, j)))
        );
        ups.forEach((up, j) => up.declare(weights.in(at("up", i, j + 1))));
      });
      ends.forEach(({ name, layer }) => layer.declare(weights.in(name)));
    },
    apply(weights, image) {
      const results: tf.Tensor5D[][] = rows.map(() => []); // by row and place
      const run = (kind: string, layer: Layer, [i, j]: Place, x: tf.Tensor5D) =>
        layer.apply(weights.in(at(kind, i, j)), x);
      let x = withNeighbours(image, parts.neighbours);
      for (let depth = 0; depth <= deepest; depth++) {
        if (depth > 0) {
          const down = downs[depth - 1]!;
          x = down.apply(
            weights.in(`down${depth - 1}`),
            results[depth - 1]![0]!,
          );
        }
        results[depth]!.push(
          run("block", rows[depth]!.blocks[0]!, [depth, 0], x),
        );
        // What the new row makes possible, row by row up to the finest.
        for (let i = depth - 1, j = 1; i >= 0; i--, j++) {
          const { ups, blocks } = rows[i]!;
          const below = results[i + 1]![j - 1]!;
          const up = activate(run("up", ups[j - 1]!, [i, j], below));
          const all = tf.concat([...results[i]!, up], 4);
          results[i]!.push(run("block", blocks[j]!, [i, j], all));
        }
      }
      const logits = ends.map(({ name, layer }, i) =>
        layer.apply(weights.in(name), results[i]!.at(-1)!)
      );
      return { logits, features: results[0]!.at(-1)! };
    },
    stages(patchVox) {
      checkPatchDivides(patchVox, parts.poolsVox);
      const stages: Stage[] = [];
      const stop = (
        name: string,
        from: readonly string[],
        channels: number,
        sight: Sight,
      ) => {
        stages.push(stageAt(sight, { name, from, channels }));
        return name;
      };
      const seen: Sight[][] = rows.map(() => []);
      let last = "image";
      let sight = Sight.ofImage(patchVox).through([parts.neighbours, 0, 0]);
      rows.forEach((row, depth) => {
        if (depth > 0) {
          const { channels } = rows[depth - 1]!;
          last = at("block", depth - 1, 0);
          sight = seen[depth - 1]![0]!.down(parts.poolsVox[depth - 1]!);
          if (hasWeights(downs[depth - 1]!)) {
            last = stop(`down${depth - 1}`, [last], channels, sight);
          }
        }
        sight = sight.through(row.blocks[0]!.reachVox);
        stop(at("block", depth, 0), [last], row.channels, sight);
        seen[depth]!.push(sight);
        for (let i = depth - 1, j = 1; i >= 0; i--, j++) {
          const { channels, ups, blocks } = rows[i]!;
          const before = blocks.slice(0, j).map((_, k) => at("block", i, k));
          sight = seen[i + 1]![j - 1]!
            .up(parts.poolsVox[i]!, parts.raising)
            .through(ups[j - 1]!.reachVox);
          const below = at("block", i + 1, j - 1);
          const up = stop(at("up", i, j), [below], channels, sight);
          sight = seen[i]!.reduce((all, one) => all.with(one), sight)
            .through(blocks[j]!.reachVox);
          seen[i]!.push(sight);
          const block = at("block", i, j);
          stop(block, [...before, up], channels, sight);
          const end = ends[i];
          if (!end || j < blocks.length - 1) continue;
          const { name, layer } = end;
          stop(name, [block], parts.heads, sight.through(layer.reachVox));
        }
      });
      return stages;
    },
  };
}

type Place = readonly [row: number, place: number];
