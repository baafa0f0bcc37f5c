import { rejects } from "node:assert";
import { RunError } from "@/core/mod.ts";
import { assertSameNumbers } from "@test/helpers.ts";
import { numbersOnly } from "./numbers_only.ts";

Deno.test("numbersOnly() lets numbers through and stops at the first that is none", async () => {
  const image = Float32Array.of(0, 0.5, 1);
  const same = numbersOnly((x) => Promise.resolve(x.slice()), "run a");
  assertSameNumbers(await same(image, [1, 1, 3]), image);
  const broken = numbersOnly(
    () => Promise.resolve(Float32Array.of(0, NaN, 1)),
    "run a",
  );
  await rejects(async () => await broken(image, [1, 1, 3]), (error) => {
    return error instanceof RunError && error.where === "run a" &&
      error.message.startsWith("Cannot predict: the network says NaN");
  });
  await rejects(
    async () => await broken(Float32Array.of(0, NaN, 1), [1, 1, 3]),
    /^Cannot predict: the volume has grey values/,
  );
});
