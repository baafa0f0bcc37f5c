import type { Layer } from "../_layer.ts";
import type { Activation } from "../activation.ts";
import type { Parts } from "../compose.ts";
import type { NetFlow, NetResult } from "../flow.ts";
import type { Net } from "./_net.ts";
import { numbered } from "./_numbered.ts";
import { besides } from "./neighbours.ts";

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
export interface NestedParts extends Pick<Net, "poolsVox" | "isRecomputed"> {
  /** Its rows. */
  readonly rows: readonly Row[];
  /** From the first block of each row but the last to that of the next one. */
  readonly downs: readonly Layer[];
  /** What follows an up-sampling. */
  readonly activate: Activation;
  /** What gives logits: from the last block of the finest row, then of others. */
  readonly ends: Parts;
  /** Sections on each side that a section sees. */
  readonly neighbours: number;
}

/**
 * Puts the parts of a nested U-Net (Zhou et al. 2018) together. Its blocks are
 * named `block0_0`, `block0_1`, …, by row and place.
 */
export function nested(parts: NestedParts): Net {
  const { rows, downs, poolsVox, isRecomputed } = parts;
  const ends = Object.keys(parts.ends);
  const named: Record<string, Layer> = { ...numbered({ down: downs }) };
  rows.forEach(({ blocks, ups }, i) => {
    blocks.forEach((block, j) => named[`block${i}_${j}`] = block);
    ups.forEach((up, j) => named[`up${i}_${j + 1}`] = up);
  });
  return {
    channels: rows[0]!.channels,
    poolsVox,
    isRecomputed,
    parts: {
      ...named,
      ...parts.ends,
      neighbours: besides(parts.neighbours),
    },
    lead<F>(flow: NetFlow<F>, image: F): NetResult<F> {
      const results: F[][] = rows.map(() => []); // by row and place
      const logits: F[] = new Array(ends.length);
      let x = flow.through("neighbours", image);
      for (let depth = 0; depth < rows.length; depth++) {
        if (depth > 0) {
          x = flow.through(`down${depth - 1}`, results[depth - 1]![0]!);
        }
        results[depth]!.push(flow.through(`block${depth}_0`, x));
        // What the new row makes possible, row by row up to the finest.
        for (let i = depth - 1, j = 1; i >= 0; i--, j++) {
          const row = results[i]!, below = results[i + 1]![j - 1]!;
          const up = flow.through(`up${i}_${j}`, below);
          const all = flow.concat([...row, flow.each(parts.activate, up)]);
          const block = flow.through(`block${i}_${j}`, all);
          row.push(block);
          const isLast = j === rows[i]!.blocks.length - 1;
          if (isLast && i < ends.length) {
            logits[i] = flow.through(ends[i]!, block);
          }
        }
      }
      return { logits, features: results[0]!.at(-1)! };
    },
  };
}
