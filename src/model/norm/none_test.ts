import { deepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { assertTensor, testOpOnEngines } from "@test/engines.ts";
import { Declaration, Scope } from "../weights.ts";
import { norms } from "./mod.ts";

testOpOnEngines("none() adds a bias for each channel, and nothing else", () => {
  const norm = norms.create(norms.schema.parse({ type: "none" }));
  const declaration = new Declaration();
  norm.declare(declaration, 2, "ones");
  deepStrictEqual(declaration.specs.map(({ name }) => name), ["beta"]);
  const values = new Map([["beta", tf.tensor1d([10, 20])]]);
  const features = tf.tensor5d([1, 2, 3, 4], [1, 1, 1, 2, 2]);
  const y = norm.apply(new Scope(values, { isTraining: true }), features);
  assertTensor(y, [1, 1, 1, 2, 2], [11, 22, 13, 24]);
});
