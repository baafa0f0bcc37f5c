import { join } from "node:path";
import { openRecords, type Recorder } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { partFolder, partName } from "./part.ts";
import {
  makeSubmissionFolder,
  type Submission,
  writeSubmission,
} from "./submission.ts";

/** The hash of the plan of a run that only its seed tells apart. */
export function hashOf(seed: number): string {
  return `${seed}`.repeat(64);
}

/** Records that runs of some seeds were submitted as job 4711; the folder of that. */
export function submit(
  results: string,
  { seeds, at = "2026-11-27T10:00:00Z", endJob = null }: {
    readonly seeds: readonly number[];
    readonly at?: string;
    readonly endJob?: string | null;
  },
): string {
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
    ...{ file: "pair.yaml", overrides: [], dataRoots: [], endJob },
    ...{ options: {}, from: null, rung: null },
    matrix: { name: "pair", axes: [], variants: [] },
    boardFolder: null,
    tasks,
  };
  writeSubmission(folder, submission);
  return folder;
}

/** Records a run in the part of its seed; its id. */
export function recordPart(
  results: string,
  { seed, experiment = "pair", end }: {
    readonly seed: number;
    readonly experiment?: string;
    readonly end: (recorder: Recorder) => void;
  },
): string {
  const planHash = hashOf(seed);
  using records = openRecords(partFolder(results, partName("pair", planHash)));
  using recorder = records.startRun(
    newRun({ experiment, planHash, seed, inputs: [] }),
  );
  end(recorder);
  return recorder.run.id;
}

/** Does something where there are no programs but those, by what they do in `sh`. */
export function withPrograms<T>(
  programs: Readonly<Record<string, string>>,
  body: () => Promise<T>,
): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    for (const [name, script] of Object.entries(programs)) {
      const text = `#!/bin/sh\n${script}\n`;
      Deno.writeTextFileSync(join(folder, name), text, { mode: 0o755 });
    }
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", folder);
    try {
      return await body();
    } finally {
      Deno.env.set("PATH", path);
    }
  });
}
