import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { openRecords, type Recorder } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { mergeParts } from "./merge_parts.ts";
import { partFolder, partName } from "./part.ts";
import {
  makeSubmissionFolder,
  type Submission,
  submissionFolders,
  writeSubmission,
} from "./submission.ts";
import { sweepSubmissions } from "./sweep.ts";
import { tasksOf } from "./tasks.ts";

const hashOf = (seed: number) => `${seed}`.repeat(64);

/** Submits runs of some seeds, by no queue; each has a part. */
function submit(results: string, seeds: readonly number[], at: string): string {
  const folder = makeSubmissionFolder(results, "pair");
  const tasks = seeds.map((seed, i) => {
    const part = partName("pair", hashOf(seed));
    Deno.mkdirSync(partFolder(results, part), { recursive: true });
    return {
      ...{ number: i + 1, values: { seed: `${seed}` }, planHash: hashOf(seed) },
      ...{ part, level: 0, job: "4711" },
    };
  });
  const submission: Submission = {
    ...{ format: 1, at, executor: "slurm", experiment: "pair" },
    ...{ file: "pair.yaml", overrides: [], dataRoots: [], endJob: null },
    matrix: { name: "pair", axes: [], variants: [] },
    tasks,
  };
  writeSubmission(folder, submission);
  return folder;
}

/** Records a run in the part of its seed. */
function record(
  results: string,
  seed: number,
  end: (recorder: Recorder) => void,
): void {
  const planHash = hashOf(seed);
  const part = partFolder(results, partName("pair", planHash));
  using records = openRecords(part);
  using recorder = records.startRun(
    newRun({ experiment: "pair", planHash, seed, inputs: [] }),
  );
  end(recorder);
}

Deno.test("tasksOf() tells what tasks recorded where no queue answers, each once", () =>
  inTemporaryFolder(async (results) => {
    deepStrictEqual(await tasksOf(results), { tasks: [], silence: null });
    const first = submit(results, [1, 2, 3], "2026-11-27T10:00:00Z");
    const second = submit(results, [2], "2026-11-27T11:00:00Z");
    deepStrictEqual(submissionFolders(results).length, 2);
    record(results, 1, (run) => run.finish("failed", "the disk is full"));
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", results); // without squeue
    try {
      const { tasks, silence } = await tasksOf(results);
      match(silence!.message, /squeue is not here/);
      deepStrictEqual(
        tasks.map(({ variant, state, reason, job, log }) => ({
          ...{ ...variant, state, reason, job, log },
        })),
        [
          {
            ...{ seed: "1", state: "failed", reason: "the disk is full" },
            ...{ job: "4711_1", log: join(first, "1.log") },
          },
          {
            ...{ seed: "3", state: "submitted", reason: null },
            ...{ job: "4711_3", log: join(first, "3.log") },
          },
          {
            ...{ seed: "2", state: "submitted", reason: null },
            ...{ job: "4711_1", log: join(second, "1.log") },
          },
        ],
      );
    } finally {
      Deno.env.set("PATH", path);
    }
  }));

Deno.test("sweepSubmissions() removes what was gathered more than a week ago", () =>
  inTemporaryFolder((results) => {
    const old = submit(results, [1], "2026-11-01T10:00:00Z");
    const kept = submit(results, [2], "2026-11-01T10:00:00Z");
    const young = submit(results, [1], "2026-11-26T10:00:00Z");
    Deno.removeSync(partFolder(results, partName("pair", hashOf(1))));
    sweepSubmissions(results, Date.parse("2026-11-27T10:00:00Z"));
    deepStrictEqual(
      submissionFolders(results).toSorted(),
      [kept, young].toSorted(),
    );
    ok(!submissionFolders(results).includes(old));
  }));

Deno.test("mergeParts() moves what has finished, and leaves what was cut", () =>
  inTemporaryFolder(async (results) => {
    submit(results, [1, 2, 3], "2026-11-27T10:00:00Z");
    record(results, 1, (run) => run.finish("finished"));
    record(results, 2, (run) => run.finish("interrupted"));
    const { brought, left } = mergeParts(results);
    deepStrictEqual([brought.length, left.length], [1, 1]);
    deepStrictEqual(mergeParts(results), { brought: [], left });
    using records = openRecords(results, { readOnly: true });
    deepStrictEqual(records.runs().map(({ id }) => id), brought);
    deepStrictEqual(
      Array.from(Deno.readDirSync(join(results, "parts")), ({ name }) => name)
        .toSorted(),
      [partName("pair", hashOf(2)), partName("pair", hashOf(3))],
    );
    await Promise.resolve();
  }));
