import { deepStrictEqual } from "node:assert";
import { newRun } from "@/record/_testing.ts";
import { changedSurroundings } from "./surroundings.ts";

const { environment, inputs } = newRun();
const before = { environment, inputs };
const now = (change: Partial<typeof environment>) => ({
  inputs,
  environment: { ...environment, ...change },
});

Deno.test("changedSurroundings() finds nothing where nothing has changed", () => {
  deepStrictEqual(changedSurroundings(before, now({})), []);
});

Deno.test("changedSurroundings() names whatever can change bits", () => {
  const changes = {
    engine: { engine: "other" },
    threads: { threads: 99 },
    processor: { cpu: "other" },
    "graphics processor": { gpu: "other" },
    commit: { commit: "other" },
    "uncommitted changes": { dirtyDiff: "other" },
    lockfile: { lockfileSha256: "other" },
    "version of x": { versions: { ...environment.versions, x: "1" } },
  };
  for (const [what, change] of Object.entries(changes)) {
    const [reason, ...others] = changedSurroundings(before, now(change));
    deepStrictEqual([reason!.startsWith(what), others], [true, []], what);
  }
  deepStrictEqual(changedSurroundings(before, now({ os: "other" })), []);
});
