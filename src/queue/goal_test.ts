import { deepStrictEqual, throws } from "node:assert/strict";
import { join } from "node:path";
import { inTemporaryFolder } from "@test/folder.ts";
import { goalOf, isThere, setGoal } from "./goal.ts";
import { partFolder } from "./part.ts";

Deno.test("goalOf() is the end of the training until another is set", () =>
  inTemporaryFolder((results) => {
    const part = "pair-1";
    Deno.mkdirSync(partFolder(results, part), { recursive: true });
    const end = { stopAfter: null, handsIn: false };
    deepStrictEqual(goalOf(results, part), end);
    const goal = { stopAfter: 3, handsIn: true };
    setGoal(results, { part, ...goal });
    deepStrictEqual(goalOf(results, part), goal);
    const path = join(partFolder(results, part), "goal.json");
    Deno.writeTextFileSync(path, "{}");
    throws(() => goalOf(results, part), /"stopAfter" is missing/);
  }));

Deno.test("isThere() takes what has finished, or was stopped as far", () => {
  const stopped = { state: "stopped", stoppedAfter: 3 } as const;
  const finished = { state: "finished", stoppedAfter: null } as const;
  const cut = { state: "interrupted", stoppedAfter: null } as const;
  const steps = [2, 3, 4, null];
  const there = (run: Parameters<typeof isThere>[0]) =>
    steps.map((stopAfter) => isThere(run, { stopAfter }));
  deepStrictEqual(there(stopped), [true, true, false, false]);
  deepStrictEqual(there(finished), [true, true, true, true]);
  deepStrictEqual(there(cut), [false, false, false, false]);
});
