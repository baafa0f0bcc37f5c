import { deepStrictEqual, match, throws } from "node:assert/strict";
import type { Zyx } from "@/core/mod.ts";
import { openShared } from "@/data/mod.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { smallPlan, Workplace, type Written } from "./_testing.ts";
import { findLossBatches } from "./loss_batches.ts";
import { repeatRun } from "./repeat.ts";

/** Batches of two samples of 2 × 8 × 8 voxels from a volume. */
function found(shapeVox: Zyx, changes: Written = {}) {
  const volume = openShared(sharedBlobs(shapeVox));
  return findLossBatches([volume], smallPlan(changes));
}

Deno.test("findLossBatches() covers a volume once, in whole batches, up to 32 samples", () => {
  const counts = ([[4, 16, 16], [5, 16, 16], [2, 8, 8], [20, 64, 64]] as const)
    .map((shapeVox) => found(shapeVox).batches!.count);
  deepStrictEqual(counts, [4, 5, 1, 16]);
  deepStrictEqual(findLossBatches([], smallPlan()), { batches: null });
});

Deno.test("findLossBatches() takes samples as they are in the volume, the same for each seed", () => {
  const augment = [{ type: "grey" }];
  const sampler = { type: "uniform", patchVox: [2, 8, 8], foreground: 1 };
  const [one, other] = [1, 2].map((seed) =>
    found([4, 16, 16], { seed, augment, sampler }).batches!
  );
  deepStrictEqual(one!.make(1), other!.make(1));
  const { shape, image, target } = one!.make(0);
  deepStrictEqual(shape, [2, 2, 8, 8, 1]);
  const { image: all } = openShared(sharedBlobs([4, 16, 16]))
    .read({ startVox: [0, 0, 0], shapeVox: [4, 16, 16] });
  const greys = new Set(all);
  deepStrictEqual(image.every((grey) => greys.has(grey)), true);
  deepStrictEqual(target.includes(1), true); // sampled as training is
});

Deno.test("findLossBatches() says why there is none, and refuses to watch it then", () => {
  const why = "cannot sample patches of 2 voxels along z as the volume has 1";
  deepStrictEqual(found([1, 16, 16]), {
    batches: null,
    note: `no loss on validation data: ${why}`,
  });
  for (
    const watching of [
      { train: { stopEarly: { metric: "loss" } } },
      { schedule: { type: "plateau", metric: "loss" } },
    ]
  ) {
    throws(() => found([1, 16, 16], watching), {
      message: `Cannot watch the loss of validations: ${why}`,
      where: "data.validation",
    });
  }
});

Deno.test("a run whose validation data are smaller than a patch has no loss of them, and its log says so", async () => {
  using place = new Workplace();
  const sampler = { type: "uniform", patchVox: [4, 16, 32] };
  const wide = {
    source: {
      type: "phantom",
      seed: 15,
      shapeVox: [4, 16, 32],
      voxelNm: [50, 20, 20],
    },
  };
  const { id } = await place.run(smallPlan({
    ...{ sampler, train: { volumeTotal: 2 } },
    data: { train: [wide] },
  }));
  match(
    place.log(id).join("\n"),
    /^info: no loss on validation data: cannot /m,
  );
  const { metrics } = place.traceOf(id);
  deepStrictEqual(metrics.filter((line) => /^validation loss /.test(line)), []);
});

Deno.test("a training can end by its loss on validation data, and again there", async () => {
  using place = new Workplace();
  const stopEarly = { metric: "loss", patience: 2, minDelta: 100 };
  const plan = smallPlan({ train: { validateEvery: 2, stopEarly } });
  const { id, reason } = await place.run(plan);
  deepStrictEqual(
    reason,
    "stopped early after step 3: Loss has not become better in 2 validations since step 1",
  );
  const again = await repeatRun({ id }, place.context);
  deepStrictEqual([again.reason, again.verdict?.isIdentical], [reason, true]);
});
