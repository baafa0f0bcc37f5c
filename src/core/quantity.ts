/**
 * What is said of a voxel: a number, or a vector with a component along z, y and
 * x, in this order, that turns with the image.
 */
export type Quantity = "scalar" | "vector";

/** Numbers that say it. */
export function channelsOf(quantity: Quantity = "scalar"): 1 | 3 {
  return quantity === "vector" ? 3 : 1;
}

/** Numbers that say all that several heads do. */
export function channelsOfAll(
  heads: readonly { readonly quantity?: Quantity }[],
): number {
  return heads.reduce((sum, { quantity }) => sum + channelsOf(quantity), 0);
}

/** The channels of `[C, voxels]` values, as views. */
export function channelsIn(
  values: Float32Array,
  voxels: number,
): readonly Float32Array[] {
  return Array.from(
    { length: values.length / voxels },
    (_, k) => values.subarray(k * voxels, (k + 1) * voxels),
  );
}

/** Channels one after the other. */
export function joinChannels(channels: readonly Float32Array[]): Float32Array {
  const [first, ...others] = channels;
  if (others.length === 0) return first!;
  const result = new Float32Array(channels.length * first!.length);
  channels.forEach((channel, k) => result.set(channel, k * first!.length));
  return result;
}
