import { deepStrictEqual, rejects } from "node:assert/strict";
import { inStep } from "./_in_step.ts";

Deno.test("inStep() sends tiles together, in order, and fills up the last batch", async () => {
  const sent: number[][] = [];
  const forward = inStep((images) => {
    sent.push([...images]);
    return Promise.resolve(images.map((grey) => 10 * grey));
  }, { count: 2, batch: 3 });
  const look = async (first: number) => {
    const once = await forward(Float32Array.of(first, first + 1), [1, 1, 2]);
    return await forward(once, [1, 1, 2]);
  };
  deepStrictEqual(await Promise.all([look(1), look(5)]), [
    Float32Array.of(100, 200),
    Float32Array.of(500, 600),
  ]);
  deepStrictEqual(sent, [
    [1, 2, 5, 6, 0, 0],
    [10, 20, 50, 60, 0, 0],
  ]);
});

Deno.test("inStep() fails for all tiles of a batch", async () => {
  const forward = inStep(() => Promise.reject(new Error("no memory")), {
    count: 2,
    batch: 2,
  });
  const [a, b] = [1, 2].map((n) => forward(Float32Array.of(n), [1, 1, 1]));
  await rejects(a!, /no memory/);
  await rejects(b!, /no memory/);
});
