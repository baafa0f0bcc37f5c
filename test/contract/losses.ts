import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { gradients, type PureFunction } from "@/engine/mod.ts";
import { type Loss, losses, type LossInput } from "@/loss/mod.ts";
import { normalTensor } from "@test/engines.ts";

/** The extents of what losses are tried on. */
export type Shape = [number, number, number, number, number];
/** What losses are tried on: `[N, D, H, W, 1]`. */
export const shape: Shape = [2, 2, 3, 4, 1];
/** The same of vectors. */
const vectors: Shape = [2, 2, 3, 4, 3];

const size = 48;

/** Every loss with its defaults, each of its presets, and sums by sample. */
export const variants = losses.components.flatMap((
  { name, options, presets = {} },
) => [
  { title: name, entry: { type: name } },
  ...Object.keys(presets).map((preset) => ({
    title: `${name} as in "${preset}"`,
    entry: { type: name, preset },
  })),
  ..."over" in options
    ? [{ title: `${name} by sample`, entry: { type: name, over: "sample" } }]
    : [],
]).map(({ title, entry }) => ({
  title,
  loss: losses.create(losses.schema.parse(entry)),
}));

/**
 * What a loss takes, some of it unlabelled, with logits of which some are right.
 * Those are far from each other, so that finite differences change no order.
 */
export function makeInput({ compares }: Loss): Required<LossInput> {
  const rng = openRng(5);
  const order = Array.from(
    { length: size },
    (_, i) => ({ i, at: rng.normal() }),
  )
    .sort((a, b) => a.at - b.at).map(({ i }) => (i - size / 2 + .5) / 5);
  const isCleft: tf.Tensor5D = tf.greater(
    normalTensor<tf.Rank.R5>(shape, 2),
    .3,
  );
  const label = tf.cast(isCleft, "float32");
  const side = tf.sub<tf.Tensor5D>(tf.mul(label, 2), 1);
  const size01 = tf.tanh(tf.abs(normalTensor<tf.Rank.R5>(shape, 6)));
  const isVector = compares === "directions";
  const away = tf.mul(tf.abs(normalTensor<tf.Rank.R5>(shape, 7)), 30);
  return {
    logits: isVector
      ? normalTensor<tf.Rank.R5>(vectors, 8)
      : tf.mul(tf.tensor5d(order, shape), side),
    target: isVector
      ? normalTensor<tf.Rank.R5>(vectors, 9)
      : compares === "distances"
      ? tf.mul(side, size01)
      : label,
    mask: tf.cast<tf.Tensor5D>(
      tf.greater(normalTensor<tf.Rank.R5>(shape, 3), -.5),
      "float32",
    ),
    weight: tf.add<tf.Tensor5D>(tf.abs(normalTensor<tf.Rank.R5>(shape, 4)), 1),
    distanceNm: tf.mul(tf.neg(side), away),
  };
}

/** A loss and its gradient with respect to the logits, of tensors in that order. */
export function differentiated(loss: Loss): PureFunction {
  return ([logits, target, mask, weight, distanceNm]) => {
    const truth = { target, mask, weight, distanceNm } as LossInput;
    const { value, grads } = gradients(
      ([z]) => loss({ ...truth, logits: z as tf.Tensor5D }),
      [logits!],
    );
    return [value, grads[0]!];
  };
}

/** What a loss takes, as {@linkcode differentiated} takes it. */
export const inOrder = (
  { logits, target, mask, weight, distanceNm }: Required<LossInput>,
) => [logits, target, mask, weight, distanceNm];
