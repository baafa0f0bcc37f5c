import { deepStrictEqual, notDeepStrictEqual, throws } from "node:assert";
import * as tf from "@tensorflow/tfjs-core";
import { openRng } from "@/core/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { Scope, seedAt } from "./weights.ts";

const scopeWith = (seed?: tf.Tensor1D) =>
  new Scope(new Map(), { isTraining: true, seed });

testOnEngines(
  "Scope.random() gives each name in each layer and step a seed of its own",
  () =>
    tf.tidy(() => {
      const seeds = [1, 2].flatMap((step) => {
        const seed = tf.tensor1d(seedAt(openRng(7).at("step", step)), "int32");
        const whole = scopeWith(seed);
        return [whole, whole.in("encoder0"), whole.in("encoder1")].flatMap(
          (scope) => ["drop", "noise"].map((name) => scope.random(name)),
        );
      });
      const texts = seeds.map((seed) => seed.dataSync().join());
      deepStrictEqual(new Set(texts).size, 12);
      for (const { dtype, shape } of seeds) {
        deepStrictEqual([dtype, shape], ["int32", [2]]);
      }
    }),
);

testOnEngines(
  "Scope.random() gives the same seed again, also beyond 31 bits",
  () =>
    tf.tidy(() => {
      const largest = 2 ** 31 - 1;
      const draw = () => [
        ...scopeWith(tf.tensor1d([largest, -largest], "int32"))
          .in("a").random("drop").dataSync(),
      ];
      deepStrictEqual(draw(), draw());
      const [first, second] = seedAt(openRng(0).at("a/drop"));
      deepStrictEqual(draw(), [
        (largest + first!) | 0,
        (second! - largest) | 0,
      ]);
    }),
);

Deno.test("Scope.random() says what could not be drawn without a seed", () => {
  throws(() => scopeWith().in("a").random("drop"), /Cannot draw "a\/drop"/);
});

Deno.test("seedAt() follows the address", () => {
  deepStrictEqual(seedAt(openRng(1).at("x")), seedAt(openRng(1).at("x")));
  notDeepStrictEqual(seedAt(openRng(1).at("x")), seedAt(openRng(1).at("y")));
});
