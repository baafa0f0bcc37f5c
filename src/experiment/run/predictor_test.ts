import { deepStrictEqual } from "node:assert/strict";
import { smallPlan, Workplace } from "./_testing.ts";
import { openPredictor, tilesAtOnce } from "./predictor.ts";
import { buildTraining, firstState } from "./training.ts";

Deno.test("openPredictor() says the same in threads as without, more tiles at a time", async () => {
  using place = new Workplace();
  const { context } = place;
  const shapeVox = [2, 8, 8] as const;
  const image = Float32Array.from({ length: 3 * 128 }, (_, i) => i % 7 / 7);
  const open = (threads: number) => {
    const plan = smallPlan({ train: { threads } });
    const training = buildTraining(plan.spec);
    return openPredictor({
      ...{ run: { id: "a" }, plan, training, head: 0 },
      snapshot: firstState(training, 3),
    }, { shapeVox: [32, 64, 64], batch: 3, context });
  };
  await using alone = await open(1);
  await using together = await open(2);
  deepStrictEqual([alone.batch, together.batch], [3, 6]);
  deepStrictEqual(together.bytes - 2 * alone.bytes, 2 * 200 * 2 ** 20);
  deepStrictEqual(
    await together.forward(image, shapeVox),
    await alone.forward(image, shapeVox),
  );
});

Deno.test("tilesAtOnce() is one for a processor, more for a device, or what is asked for", () => {
  deepStrictEqual(tilesAtOnce({ gpu: null }), 1);
  deepStrictEqual(tilesAtOnce({ gpu: "A card" }), 4);
  deepStrictEqual(tilesAtOnce({ gpu: "A card" }, 7), 7);
});
