import { notDeepStrictEqual } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import {
  assertSameBits,
  normalTensor,
  testOpOnEngines,
} from "@test/engines.ts";
import { activation } from "../activation.ts";
import { norms } from "../norm/mod.ts";
import { Declaration, drawWeight, Scope } from "../weights.ts";
import { blocks } from "./mod.ts";

/** What a block gives in a place of the network, with dropout or without. */
function resultOf(
  { rate, seed, isTraining, layer = "encoder0" }: {
    rate?: number;
    seed?: number;
    isTraining: boolean;
    layer?: string;
  },
): tf.Tensor {
  const dropout = rate === undefined ? {} : { dropout: { rate } };
  const block = blocks.create(
    blocks.schema.parse({ type: "plain", ...dropout }),
  )({
    inputs: 2,
    outputs: 16,
    kernelVox: [1, 3, 3],
    norm: norms.create(norms.schema.parse({ type: "none" })),
    activate: activation("elu"),
    level: 0,
  });
  const declaration = new Declaration();
  block.declare(declaration);
  const rng = openRng(1);
  const values = new Map(declaration.specs.map((spec) => [
    `${layer}/${spec.name}`, // the same numbers in each place
    tf.tensor(drawWeight(spec, rng), [...spec.shape]),
  ]));
  const scope = new Scope(values, {
    isTraining,
    seed: seed === undefined ? undefined : tf.tensor1d([seed, 1], "int32"),
  });
  const x = normalTensor<tf.Rank.R5>([1, 2, 4, 4, 2]);
  return block.apply(scope.in(layer), x);
}

testOpOnEngines("a block with dropout is at rest the block without", () => {
  assertSameBits(
    [resultOf({ rate: 0.5, isTraining: false })],
    [resultOf({ isTraining: false })],
  );
});

testOpOnEngines("a block drops the same for the same seed of a step", () => {
  const draw = (seed: number) =>
    resultOf({ rate: 0.5, seed, isTraining: true });
  assertSameBits([draw(3)], [draw(3)]);
  notDeepStrictEqual(draw(3).dataSync(), draw(4).dataSync());
});

testOpOnEngines("blocks of one step drop each their own", () => {
  const at = (layer: string) =>
    resultOf({ rate: 0.5, seed: 3, isTraining: true, layer }).dataSync();
  notDeepStrictEqual(at("encoder0"), at("decoder0"));
});
