import { deepStrictEqual, rejects } from "node:assert/strict";
import { noise, plan as small } from "./_testing.ts";
import { predict, type PredictPlan } from "./predict.ts";
import { ttas } from "./tta/mod.ts";
import { twins } from "./twins.ts";

const volume = noise([5, 9, 20]);

const twice = (image: Float32Array) => image.map((grey) => grey / 2);
const rest = (image: Float32Array) => image.map((grey) => 1 - grey);

Deno.test("twins() apply a network once for two predictions side by side, each as it is alone", async () => {
  for (const tta of ["none", "flips"]) {
    for (const batch of [1, 2]) {
      const plan: PredictPlan = {
        ...small,
        ...{ batch, tta: ttas.schema.parse({ type: tta }) },
      };
      let calls = 0;
      const [first, second] = twins(async (image) => {
        calls++;
        await Promise.resolve();
        return [twice(image), rest(image)];
      });
      const [a, b] = await Promise.all(
        [first, second].map((forward) => predict(volume, { forward, plan })),
      );
      let alone = 0;
      const forward = (say: typeof twice) => (image: Float32Array) => {
        alone++;
        return Promise.resolve(say(image));
      };
      const of = async (say: typeof twice) =>
        (await predict(volume, { forward: forward(say), plan })).probability;
      deepStrictEqual(a!.probability, await of(twice));
      deepStrictEqual(calls, alone);
      deepStrictEqual(b!.probability, await of(rest));
    }
  }
});

Deno.test("twins() that are asked for other tiles say what is right, and fail alike", async () => {
  const [first, second] = twins((image) =>
    image[0] === 9
      ? Promise.reject(new Error("no network"))
      : Promise.resolve([twice(image), rest(image)])
  );
  const tile = (grey: number) => Float32Array.of(grey);
  deepStrictEqual(await first(tile(1), [1, 1, 1]), tile(0.5));
  deepStrictEqual(await second(tile(0.5), [1, 1, 1]), tile(0.5));
  deepStrictEqual(await second(tile(1), [1, 1, 1]), tile(0));
  const other = twins(() => Promise.reject(new Error("no network")));
  await rejects(other[0](tile(9), [1, 1, 1]), /no network/);
  await rejects(other[1](tile(9), [1, 1, 1]), /no network/);
});
