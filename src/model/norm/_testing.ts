import * as tf from "@tensorflow/tfjs-core";
import { Declaration, drawWeight, Scope } from "../weights.ts";
import { openRng } from "@/core/mod.ts";
import { norms } from "./mod.ts";

/** What a normalisation makes of features, with the factors it begins with. */
export function normalised(
  entry: { readonly type: string; readonly [option: string]: unknown },
  features: tf.Tensor5D,
): tf.Tensor5D {
  const norm = norms.create(norms.schema.parse(entry));
  const declaration = new Declaration();
  norm.declare(declaration, features.shape[4], "ones");
  const rng = openRng(1);
  const values = new Map(declaration.specs.map((spec) => [
    spec.name,
    tf.tensor(drawWeight(spec, rng), [...spec.shape]),
  ]));
  return norm.apply(new Scope(values, { isTraining: true }), features);
}
