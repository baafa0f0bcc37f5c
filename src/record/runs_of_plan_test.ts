import { assertEquals } from "@test/helpers.ts";
import { foremostRun } from "./runs_of_plan.ts";
import type { Run, RunState } from "./types.ts";

Deno.test("foremostRun() takes what is furthest, originals before reruns, the newest", () => {
  const run = (id: string, state: RunState, rerunOf: string | null = null) =>
    ({ id, state, rerunOf }) as Run;
  const best = (...runs: Run[]) => foremostRun(runs)?.id;
  assertEquals(best(), undefined);
  assertEquals(best(run("a", "finished"), run("b", "running")), "a");
  assertEquals(best(run("a", "crashed"), run("b", "running")), "b");
  assertEquals(best(run("a", "failed"), run("b", "interrupted")), "b");
  assertEquals(best(run("a", "finished"), run("b", "finished")), "b");
  assertEquals(best(run("a", "finished"), run("b", "finished", "a")), "a");
  assertEquals(best(run("a", "failed"), run("b", "finished", "a")), "b");
});
