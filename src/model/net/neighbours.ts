import * as tf from "@tensorflow/tfjs-core";
import type * as z from "zod";
import { whole } from "@/core/mod.ts";
import type { Layer } from "../_layer.ts";

/** The option of networks that see neighbour sections as channels. */
export function neighboursOption(): z.ZodDefault<z.ZodInt> {
  return whole(
    0,
    "sections on each side that a section sees as further channels (2.5-D)",
  );
}

/** The part of a network that gives sections their neighbours. */
export function besides(neighbours: number): Layer {
  return {
    declare: () => {},
    apply: (_weights, image) => withNeighbours(image, neighbours),
    see: ({ sight, channels }) => ({
      sight: sight.around([neighbours, 0, 0]),
      channels: (2 * neighbours + 1) * channels,
    }),
  };
}

/**
 * Gives each section its neighbours as channels, from the one before to the one
 * behind; beyond the image its outermost section repeats.
 *
 * @param image `[N, D, H, W, C]`
 * @param neighbours Sections on each side.
 * @returns `[N, D, H, W, (2 * neighbours + 1) * C]`
 */
export function withNeighbours(
  image: tf.Tensor5D,
  neighbours: number,
): tf.Tensor5D {
  if (neighbours === 0) return image;
  const [n, d, h, w, c] = image.shape;
  return tf.tidy(() => {
    const section = (z: number) =>
      tf.slice(image, [0, z, 0, 0, 0], [n, 1, h, w, c]);
    const [first, last] = [section(0), section(d - 1)];
    const side = (edge: tf.Tensor5D) => new Array(neighbours).fill(edge);
    const padded = tf.concat([...side(first), image, ...side(last)], 1);
    const shifted = Array.from(
      { length: 2 * neighbours + 1 },
      (_, z) => tf.slice(padded, [0, z, 0, 0, 0], [n, d, h, w, c]),
    );
    return tf.concat(shifted, 4);
  });
}
