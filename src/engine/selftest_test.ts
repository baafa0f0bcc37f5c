import * as tf from "@tensorflow/tfjs-core";
import { testOnEngines } from "@test/engines.ts";
import { assertEquals } from "@test/helpers.ts";
import { selfTest } from "./selftest.ts";
import type { Engine } from "./types.ts";

testOnEngines("selfTest() passes", (engine) => {
  const { isPassed, isRepeated, gradientError } = selfTest(engine);
  assertEquals(isRepeated, true, "repeated");
  assertEquals(isPassed, true, `gradient error ${gradientError}`);
});

testOnEngines("selfTest() notices steps that do not repeat", (engine) => {
  let calls = 0;
  const drifting: Engine = {
    facts: engine.facts,
    runsAhead: false,
    programs: () => [],
    usage: () => null,
    use: () => engine.use(),
    compile: (name, f) => {
      const run = engine.compile(name, f);
      const drift = (inputs: readonly tf.Tensor[]) => {
        const results = run(inputs);
        return tf.tidy(() => {
          const drifted = results.map((t) => tf.add(t, 1e-6 * calls++));
          tf.dispose(results);
          return drifted;
        });
      };
      return Object.assign(drift, {
        prepare: run.prepare,
        [Symbol.dispose]: () => run[Symbol.dispose](),
      });
    },
    [Symbol.dispose]: () => {},
  };
  const { isPassed, isRepeated } = selfTest(drifting);
  assertEquals(isRepeated, false, "repeated");
  assertEquals(isPassed, false, "passed");
});
