import { deepStrictEqual, rejects } from "node:assert/strict";
import { ExperimentError } from "@/core/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { decodeSafetensors, encodeSafetensors } from "@/train/mod.ts";
import { testFolder } from "@test/folder.ts";
import { checkpointType } from "../run/checkpoints.ts";
import type { RunContext } from "../run/context.ts";
import { weights } from "./weights.ts";

/** A checkpoint whose arrays hold a number each. */
function checkpoint(numbers: Readonly<Record<string, number>>) {
  return encodeSafetensors(
    Object.entries(numbers).map(([name, value]) => ({
      name,
      shape: [1],
      values: Float32Array.of(value),
    })),
    { format: "cleft-checkpoint-1", step: "8" },
  );
}

/** What is written of a run with these checkpoints, by name. */
async function written(
  checkpoints: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
  which: "best" | "last" = "best",
) {
  using folder = testFolder();
  using records = openRecords(folder.path("results"));
  using recorder = records.startRun(newRun({ experiment: "x" }));
  for (const [name, bytes] of Object.entries(checkpoints)) {
    recorder.artifact(`checkpoint/${name}`, checkpointType, bytes);
  }
  recorder.finish("finished");
  const path = folder.path("w.safetensors");
  const format = weights.create({ weights: which });
  const request = { runs: [records.run(recorder.run.id)], records, path };
  await format.write(request, {} as RunContext);
  const file = decodeSafetensors(
    Deno.readFileSync(path),
    (what) => new ExperimentError(what, { where: path, fix: "" }),
  );
  return {
    step: file.metadata["step"],
    numbers: Object.fromEntries(
      file.names.map((name) => [name, file.get(name)!.values[0]]),
    ),
  };
}

Deno.test("weights writes what predicts: best or last, means where there are some, no slots", async () => {
  const last = checkpoint({ "a/w": 1, "b/w": 2, "optimizer/m/a/w": 3 });
  const best = checkpoint({ "a/w": 4, "mean/a/w": 5, "optimizer/m/a/w": 6 });
  const both = { last, best };
  deepStrictEqual(await written(both), { step: "8", numbers: { "a/w": 5 } });
  deepStrictEqual(
    (await written(both, "last")).numbers,
    { "a/w": 1, "b/w": 2 },
  );
  deepStrictEqual((await written({ last })).numbers, { "a/w": 1, "b/w": 2 });
});

Deno.test("weights refuses a run that has none", async () => {
  await rejects(async () => await written({}), /it has no checkpoint/);
});
