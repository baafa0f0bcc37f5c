import { deepStrictEqual, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { chooseSamples } from "./choose_samples.ts";

const stock = {
  id: "tiny-1",
  recorded: [4, 5, 6, 7, 8, 9],
  planned: 20,
};

Deno.test("chooseSamples() takes each number once, in order", () => {
  deepStrictEqual(chooseSamples({ samples: [9, 4, 9] }, stock), [4, 9]);
});

Deno.test("chooseSamples() draws from what is on record, the same for a seed", () => {
  const draw = (count: number, seed: number) =>
    chooseSamples({ samples: [], random: { count, seed } }, stock);
  deepStrictEqual(draw(6, 1), stock.recorded);
  deepStrictEqual(draw(3, 1), draw(3, 1));
  assertEquals(new Set(draw(3, 2)).size, 3);
  const drawn = new Set([1, 2, 3, 4, 5, 6, 7, 8].flatMap((s) => draw(2, s)));
  assertEquals(drawn.size > 3, true, "all can be drawn");
});

Deno.test("chooseSamples() adds random samples to those that are named", () => {
  const choice = { samples: [4], random: { count: 5, seed: 3 } };
  const chosen = chooseSamples(choice, stock);
  assertEquals(chosen.includes(4), true);
  assertEquals(chosen.length >= 5, true);
});

Deno.test("chooseSamples() takes any number of the training if none was recorded", () => {
  const nothing = { ...stock, recorded: [] };
  deepStrictEqual(chooseSamples({ samples: [0, 19] }, nothing), [0, 19]);
  throws(
    () => chooseSamples({ samples: [20] }, nothing),
    /Cannot replay sample 20: the training has 20 samples/,
  );
});

Deno.test("chooseSamples() knows a single sample on record, and may draw all there are", () => {
  const one = { ...stock, recorded: [4] };
  const random = { count: 1, seed: 1 };
  deepStrictEqual(chooseSamples({ samples: [], random }, one), [4]);
  throws(() => chooseSamples({ samples: [0] }, one), /has not seen it/);
});

Deno.test("chooseSamples() refuses what training has not seen, and tells what it has", () => {
  throws(
    () => chooseSamples({ samples: [5, 12] }, stock),
    (error) =>
      error instanceof ExperimentError &&
      error.message ===
        "Cannot replay sample 12: the training has not seen it, as far as recorded" &&
      error.fix === "Choose a number from 4 to 9",
  );
  throws(
    () => chooseSamples({ samples: [], random: { count: 7, seed: 1 } }, stock),
    /Cannot replay 7 samples: the training has seen 6/,
  );
});
