import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import {
  assertSameBits,
  normalTensor,
  testOpOnEngines,
} from "@test/engines.ts";
import { activation } from "../activation.ts";
import { norms } from "../norm/mod.ts";
import { convNorm } from "../unit.ts";
import { Declaration, drawWeight, Scope } from "../weights.ts";
import { blocks } from "./mod.ts";

for (const type of ["residual", "dilated"]) {
  for (const normType of ["batch", "none"]) {
    testOpOnEngines(
      `${type}() that starts at zero is its first convolution, with ${normType} norm`,
      () => {
        const place = {
          inputs: 2,
          outputs: 4,
          kernelVox: [3, 3, 3] as const,
          norm: norms.create(norms.schema.parse({ type: normType })),
          activate: activation("relu"),
          level: 0,
        };
        const entry = { type, startsAtZero: true };
        const layer = blocks.create(blocks.schema.parse(entry))(place);
        const declaration = new Declaration();
        layer.declare(declaration);
        const rng = openRng(1);
        const values = new Map(declaration.specs.map((spec) => [
          spec.name,
          tf.tensor(drawWeight(spec, rng), [...spec.shape]),
        ]));
        const scope = new Scope(values, { isTraining: true });
        const x = normalTensor<tf.Rank.R5>([1, 2, 4, 4, 2]);
        const first = convNorm(place, place.norm, {
          activate: place.activate,
          bias: type === "dilated",
        });
        assertSameBits([layer.apply(scope, x)], [
          first.apply(scope.in("conv0"), x),
        ]);
      },
    );
  }
}
