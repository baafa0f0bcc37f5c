import { deepStrictEqual, match, throws } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { checkSpec } from "../spec/mod.ts";
import { checkPlanMemory, memoryDoubts, memoryNeeds } from "./memory_needs.ts";
import { planExperiment } from "./plan.ts";

/** The plan of a small experiment, with other values. */
function planOf(
  { batch = 2, ahead = 4, patchVox = [4, 16, 16], tileVox = patchVox }: {
    batch?: number;
    ahead?: number;
    patchVox?: readonly number[];
    tileVox?: readonly number[];
  } = {},
) {
  return planExperiment(checkSpec({
    name: "small",
    data: { train: [{ source: { type: "phantom" } }] },
    sampler: { type: "uniform", patchVox },
    model: { type: "resUnet", filters: [2, 3], anisotropicLevels: 1 },
    loss: { terms: [{ type: "bce" }] },
    train: { batch, ahead },
    infer: { patchVox: tileVox },
  }, "x"));
}

Deno.test("memoryNeeds() counts what waits, voxel by voxel, and grows with each size", () => {
  const plan = planOf();
  const [train, ahead, tile] = memoryNeeds(plan);
  assertEquals(train!.bytes, plan.memoryMiB * 1024 * 1024);
  assertEquals(ahead!.bytes, 12 * 5 * 2 * 4 * 16 * 16);
  const larger = memoryNeeds(planOf({ batch: 2000 }));
  deepStrictEqual(
    [larger[0]!.bytes > train!.bytes, larger[1]!.bytes / ahead!.bytes],
    [true, 1000],
  );
  assertEquals(
    memoryNeeds(planOf({ tileVox: [4, 32, 16] }))[2]!.bytes,
    2 * tile!.bytes,
  );
});

Deno.test("checkPlanMemory() lets pass what fits and names what does not, and what to lower", () => {
  checkPlanMemory(planOf(), { onDevice: false });
  deepStrictEqual(memoryDoubts(planOf()), []);
  const huge = [8, 65536, 65536];
  const cases: readonly [ReturnType<typeof planOf>, RegExp, RegExp][] = [
    [planOf({ batch: 1e9 }), /train with this network/, /train\.batch/],
    [planOf({ patchVox: huge }), /train with this network/, /patchVox/],
    [planOf({ tileVox: huge }), /apply this network to tiles/, /infer\.patch/],
  ];
  for (const [plan, says, lowers] of cases) {
    throws(() => checkPlanMemory(plan, { onDevice: false }), (error) => {
      const { message, fix } = error as ExperimentError;
      match(message, says);
      match(message, /it takes \S+ GiB of memory, this machine has \S+ GiB$/);
      match(fix, lowers);
      return error instanceof ExperimentError;
    });
    match(memoryDoubts(plan).join("\n"), says);
  }
});

Deno.test("checkPlanMemory() counts for a device's network only what this machine prepares", () => {
  const plan = planOf({ patchVox: [8, 4096, 4096], ahead: 4096 });
  throws(() => checkPlanMemory(plan, { onDevice: true }), /batches ahead/);
  checkPlanMemory(planOf({ tileVox: [8, 65536, 65536] }), { onDevice: true });
});
