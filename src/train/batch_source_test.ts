import { deepStrictEqual } from "node:assert";
import { takeBatches } from "./batch_source.ts";
import { tinyBatches } from "./_testing.ts";

Deno.test("takeBatches() takes so many in order and adds up what they had to be waited for", async () => {
  const sound = tinyBatches(2);
  let waitMs = 1;
  const source = {
    next: async () => ({ ...await sound.next(), waitMs: waitMs *= 2 }),
  };
  const first = await takeBatches(source, 2);
  deepStrictEqual(first.batches.map(({ indices }) => indices), [[0, 1], [
    2,
    3,
  ]]);
  deepStrictEqual(first.waitMs, 2 + 4);
  const second = await takeBatches(source, 1);
  deepStrictEqual(second.batches.map(({ indices }) => indices), [[4, 5]]);
  deepStrictEqual(second.waitMs, 8);
});
