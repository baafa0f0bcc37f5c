import { deepStrictEqual, ok } from "node:assert";
import { engineNames } from "@/engine/mod.ts";
import { testOnEngines } from "@test/engines.ts";
import { assertAlmostEquals } from "@test/helpers.ts";
import { averagings } from "./averaging/mod.ts";
import { termsOf, tinyBatches, tinyNetwork, trainTiny } from "./_testing.ts";

testOnEngines(
  "steps of three batches of two are steps of one batch of six, where nothing joins samples",
  async (engine) => {
    const network = tinyNetwork({ norm: { type: "group", groups: 1 } });
    const common = { steps: 3, network, clip: { norm: 10 } };
    const whole = await trainTiny(engine, {
      ...common,
      batches: tinyBatches(6),
    });
    const parts = await trainTiny(engine, {
      ...common,
      batches: tinyBatches(2),
      accumulate: 3,
    });
    whole.snapshot.weights.forEach((weight, i) =>
      assertAlmostEquals(parts.snapshot.weights[i]!, weight, 2e-5)
    );
    whole.events.forEach(({ loss, gradientNorm }, i) => {
      const event = parts.events[i]!;
      assertAlmostEquals(event.loss, loss, 1e-5);
      assertAlmostEquals(event.gradientNorm!, gradientNorm!, 1e-5);
    });
  },
  { engines: engineNames },
);

testOnEngines(
  "statistics of normalisations follow each batch of a step",
  async (engine) => {
    const network = tinyNetwork();
    const once = await trainTiny(engine, { steps: 1, network });
    const twice = await trainTiny(engine, {
      steps: 1,
      network,
      accumulate: 2,
    });
    const first = once.snapshot.buffers, second = twice.snapshot.buffers;
    // averages of momentum 0.1 begin with 0 and 1, variances are not all 1
    ok(first.some((value, i) => Math.abs(value - second[i]!) > 1e-3));
  },
  { engines: engineNames },
);

testOnEngines(
  "a training with everything on goes on from any step to the same bits",
  async (engine) => {
    const network = tinyNetwork({
      block: { type: "residual", dropout: { rate: .3 } },
    });
    const parts = {
      network,
      steps: 6,
      accumulate: 2,
      clip: { value: .5, norm: 1 },
      averaging: averagings.create(
        averagings.schema.parse({ type: "exponential", decay: .9 }),
      ),
      terms: termsOf(
        { type: "bce" },
        {
          type: "dice",
          weight: { from: 0, to: 2, over: [.2, .8], shape: "cosine" },
        },
      ),
    };
    const whole = await trainTiny(engine, parts);
    const factors = whole.events.map((event) => event.factors[1]);
    deepStrictEqual(factors.slice(0, 2), [0, 0]);
    deepStrictEqual(factors.slice(4), [2, 2]);
    for (const from of [1, 4]) {
      const rest = await trainTiny(engine, {
        ...parts,
        start: whole.dues[from - 1]!,
        batches: tinyBatches(2, 4 * from),
      });
      deepStrictEqual(rest.snapshot, whole.snapshot);
    }
  },
  { engines: engineNames },
);
