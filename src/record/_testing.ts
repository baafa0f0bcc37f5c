import { join } from "node:path";
import type { DatabaseOptions } from "./_database.ts";
import { openRecords, type Records } from "./records.ts";
import type { NewRun } from "./types.ts";
import type { Difference, Verdict } from "./verdict.ts";

export { checkArtifactName } from "./_names.ts";

/** Runs `body` with the path of a new folder, which is then removed. */
export function inTemporaryFolder(body: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-records-" });
  try {
    body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A run to record; every field has a value of its own. */
export function newRun(changes: Partial<NewRun> = {}): NewRun {
  return {
    experiment: "mixloss",
    file: "experiments/mixloss.yaml",
    overrides: ["seed=7", "loss.terms[1].weight=2"],
    plan: '{"name":"mixloss"}',
    planHash: "5f".repeat(32),
    trainingHash: "7e".repeat(32),
    ranking: { name: "score", better: "lower" },
    seed: 7,
    environment: {
      engine: "embedded",
      versions: { deno: "2.9.6" },
      devices: ["cpu:0"],
      threads: 2,
      cpu: "A processor",
      gpu: null,
      os: "linux 6.1",
      commit: "0123456789abcdef",
      dirtyDiff: "diff --git a/a.ts b/a.ts\n",
      lockfileSha256: "ab".repeat(32),
      notices: ["no GPU found"],
    },
    inputs: [{
      role: "train[0]",
      split: "train",
      run: null,
      path: "/data/a.hdf",
      bytes: 12,
      sha256: "cd".repeat(32),
    }],
    rerunOf: null,
    trainedBy: null,
    variant: null,
    ...changes,
  };
}

/** A verdict of a rerun in which nothing, or one thing, was otherwise. */
export function newVerdict(firstDifference: Difference | null = null): Verdict {
  const isIdentical = firstDifference === null;
  return {
    isIdentical,
    firstDifference,
    reasons: isIdentical ? [] : ["threads: 4, was 2"],
    same: { metrics: 3, weightHashes: 2, samples: 1 },
    extent: "whole",
  };
}

/** Runs `body` with the records of a new folder, which is then removed. */
export function withRecords(
  body: (records: Records) => void,
  options?: DatabaseOptions,
): void {
  inTemporaryFolder((folder) => {
    using records = openRecords(folder, options);
    body(records);
  });
}

/** The paths of all files below a folder, relative to it, in order. */
export function filesBelow(folder: string): string[] {
  const list = (path: string): string[] =>
    Array.from(Deno.readDirSync(join(folder, path))).flatMap((entry) =>
      entry.isDirectory
        ? list(join(path, entry.name))
        : [join(path, entry.name)]
    );
  try {
    return list("").toSorted();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
