import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import {
  augmentations,
  hashExample,
  openBatches,
  openPlan,
  samplers,
  type StreamPlan,
  targets,
} from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";
import { rejects } from "node:assert/strict";

/** Two small volumes, every augmentation at its defaults, batches of 2. */
function planWith(changes: Partial<StreamPlan>): StreamPlan {
  return {
    seed: 11,
    volumes: [sharedBlobs([6, 40, 40]), sharedBlobs([5, 32, 48])],
    sampler: samplers.schema.parse({ type: "uniform", foreground: 0.5 }),
    augment: augmentations.components.map(({ name }) =>
      augmentations.schema.parse({ type: name, p: 0.7 })
    ),
    target: targets.schema.parse({ type: "binary" }),
    patchVox: [4, 16, 16],
    batch: 2,
    workers: 0,
    ahead: 3,
    ...changes,
  };
}

/** A hash of each of the steps `fromStep` to `fromStep + steps - 1`. */
async function hashes(plan: StreamPlan, fromStep: number, steps: number) {
  await using stream = openBatches(plan, { fromStep });
  const result: string[] = [];
  for (let i = 0; i < steps; i++) {
    const { batch, waitMs } = await stream.next();
    assertEquals(waitMs >= 0, true);
    const { image, target, mask, weight } = batch;
    result.push(
      [image, target, mask, weight].map((array) =>
        sha256Hex(new Uint8Array(array.buffer))
      ).join() + batch.indices + batch.shape,
    );
  }
  return result;
}

Deno.test("openBatches() gives the same batches for 0, 1, 2 and 4 workers", async () => {
  const alone = await hashes(planWith({}), 0, 8);
  assertEquals(new Set(alone).size, 8, "batches that differ");
  for (const workers of [1, 2, 4]) {
    const together = await hashes(planWith({ workers }), 0, 8);
    assertEquals(together.join("\n"), alone.join("\n"), `${workers} workers`);
  }
});

Deno.test("openBatches() gives the same step wherever it begins", async () => {
  const all = await hashes(planWith({}), 0, 7);
  const late = await hashes(planWith({ workers: 2, ahead: 1 }), 5, 2);
  assertEquals(late.join("\n"), all.slice(5).join("\n"));
});

Deno.test("openBatches() counts samples over steps", async () => {
  await using stream = openBatches(planWith({ batch: 3 }), { fromStep: 2 });
  const { batch } = await stream.next();
  assertEquals(batch.indices.join(), "6,7,8");
  assertEquals(batch.shape.join(), "3,4,16,16,1");
  assertEquals(batch.weight.length, 3 * 4 * 16 * 16);
});

Deno.test("openBatches() puts the targets of heads beside the primary one", async () => {
  const heads = [targets.schema.parse({ type: "signedDistance" })];
  const [alone, both] = [planWith({}), planWith({ heads })];
  await using first = openBatches(alone, { fromStep: 1 });
  await using second = openBatches(both, { fromStep: 1 });
  const [{ batch: a }, { batch: b }] = [
    await first.next(),
    await second.next(),
  ];
  assertEquals(`${a.heads} ${b.heads} ${b.shape}`, "1 2 2,4,16,16,1");
  for (const key of ["target", "mask", "weight"] as const) {
    assertEquals(b[key].length, 2 * a[key].length, key);
    assertEquals(a[key].every((v, i) => v === b[key][2 * i]), true, key);
  }
  const { target, mask } = b;
  assertEquals(
    a.target.every((v, i) =>
      !mask[2 * i + 1] || v === +(target[2 * i + 1]! > 0)
    ),
    true,
    "distances are positive in clefts",
  );
});

Deno.test("openBatches() has distances to borders if they are needed", async () => {
  for (const workers of [0, 1]) {
    const plan = planWith({ needsDistance: true, workers });
    await using stream = openBatches(plan, { fromStep: 1 });
    const { batch: { distanceNm, target, mask } } = await stream.next();
    assertEquals(distanceNm!.length, target.length);
    assertEquals(
      distanceNm!.every((nm, i) => !mask[i] || (nm < 0) === (target[i] === 1)),
      true,
      "negative in clefts",
    );
  }
  await using stream = openBatches(planWith({}), { fromStep: 1 });
  assertEquals("distanceNm" in (await stream.next()).batch, false);
});

Deno.test("openBatches() gives a trace of each sample, by which it can be told and made again", async () => {
  const plan = planWith({ recordSamples: "parameters", workers: 1 });
  await using stream = openBatches(plan, { fromStep: 4 });
  const { batch } = await stream.next();
  const pipeline = openPlan(plan);
  assertEquals(batch.traces.map(({ index }) => index).join(), "8,9");
  for (const [i, { sha256, drawn }] of batch.traces.entries()) {
    const bytes = [batch.image, batch.target, batch.mask, batch.weight]
      .map((values) => Float32Array.from(values)) // some come as bytes
      .flatMap((array) => {
        const size = array.length / 2;
        const one = array.slice(i * size, (i + 1) * size);
        return [...new Uint8Array(one.buffer)];
      });
    assertEquals(sha256, sha256Hex(Uint8Array.from(bytes)), "its bytes");
    const again = pipeline.example(JSON.parse(drawn!));
    assertEquals(hashExample(again), sha256, "made from what was drawn");
  }
});

Deno.test("openBatches() gives hashes alone, or no trace, if that is what is recorded", async () => {
  for (const recordSamples of ["hashes", "none"] as const) {
    const plan = planWith({ recordSamples });
    await using stream = openBatches(plan, { fromStep: 0 });
    const { batch: { traces } } = await stream.next();
    assertEquals(traces.length, recordSamples === "none" ? 0 : 2);
    assertEquals(traces.every(({ drawn }) => drawn === null), true);
  }
});

Deno.test("openBatches() says from a worker what this thread would say", async () => {
  for (const workers of [0, 2]) {
    await rejects(async () => {
      const plan = planWith({ workers, patchVox: [9, 16, 16] });
      await using stream = openBatches(plan, { fromStep: 0 });
      await stream.next();
    }, (error: unknown) =>
      error instanceof ExperimentError &&
      error.message.includes("patches of 9 voxels along z") &&
      error.where.includes("patchVox[0]"));
  }
});

Deno.test("openBatches() passes on what breaks in a worker", async () => {
  const plan = planWith({ workers: 1, target: { type: "nothing" } });
  await using stream = openBatches(plan, { fromStep: 0 });
  await rejects(() => stream.next(), /Cannot prepare a batch: .*undefined/);
  await rejects(() => stream.next(), /Cannot prepare a batch/); // still
});

Deno.test("openBatches() stops with the reason of its signal", async () => {
  for (const workers of [0, 1]) {
    const abort = new AbortController();
    await using stream = openBatches(planWith({ workers }), {
      fromStep: 0,
      signal: abort.signal,
    });
    await stream.next();
    abort.abort(new Error("enough"));
    await rejects(() => stream.next(), /enough/);
  }
});

Deno.test("openBatches() gives up a batch it waits for when it is stopped", async () => {
  const abort = new AbortController();
  await using stream = openBatches(planWith({ workers: 1 }), {
    fromStep: 0,
    signal: abort.signal,
  });
  const waiting = stream.next(); // the worker has not started yet
  abort.abort(new Error("enough"));
  await rejects(() => waiting, /enough/);
});
