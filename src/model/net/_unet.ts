import type { Layer } from "../_layer.ts";
import type { Parts } from "../compose.ts";
import type { Flow, NetFlow, NetResult } from "../flow.ts";
import type { Net } from "./_net.ts";
import { numbered } from "./_numbered.ts";
import { besides } from "./neighbours.ts";

/** What a U-Net consists of, finest level first. */
export interface UNetParts extends Pick<Net, "poolsVox" | "isRecomputed"> {
  /** Channels of each level. */
  readonly filters: readonly number[];
  /** What stands on each level on the way down. */
  readonly encoder: readonly Layer[];
  /** From each level but the last to the next one. */
  readonly downs: readonly Layer[];
  /** To each level but the last from the next one. */
  readonly ups: readonly Layer[];
  /** Joins features that came up with those of the encoder. */
  join<F>(flow: Flow<F>, up: F, skip: F): F;
  /** What stands on each level but the last on the way up. */
  readonly decoder: readonly Layer[];
  /** What gives logits: of the finest level, then of as many others as speak. */
  readonly ends: Parts;
  /** Sections on each side that a section sees. */
  readonly neighbours: number;
}

/** Puts the parts of a U-Net (Ronneberger et al. 2015) together. */
export function uNet(parts: UNetParts): Net {
  const { encoder, downs, ups, decoder, filters, poolsVox, isRecomputed } =
    parts;
  const ends = Object.keys(parts.ends);
  return {
    channels: filters[0]!,
    poolsVox,
    isRecomputed,
    parts: {
      ...numbered({ encoder, up: ups, decoder, down: downs }),
      ...parts.ends,
      neighbours: besides(parts.neighbours),
    },
    lead<F>(flow: NetFlow<F>, image: F): NetResult<F> {
      const kept: F[] = [], logits: F[] = new Array(ends.length);
      let x = flow.through("neighbours", image);
      for (let i = 0; i < filters.length; i++) {
        if (i > 0) x = flow.through(`down${i - 1}`, x);
        kept.push(x = flow.through(`encoder${i}`, x));
      }
      for (let i = filters.length - 2; i >= 0; i--) {
        x = parts.join(flow, flow.through(`up${i}`, x), kept[i]!);
        x = flow.through(`decoder${i}`, x);
        if (i < ends.length) logits[i] = flow.through(ends[i]!, x);
      }
      return { logits, features: x };
    },
  };
}
