import { deepStrictEqual, throws } from "node:assert/strict";
import { executors, queueNamed } from "./mod.ts";

Deno.test("queueNamed() gives the queue of what is on record", () => {
  const { logOf, stopBy } = queueNamed("slurm");
  deepStrictEqual([logOf(3), logOf(null)], ["3.log", "end.log"]);
  deepStrictEqual(stopBy(["1", "2"]), "scancel 1 2");
});

Deno.test("local has no queue that could be asked", () => {
  deepStrictEqual(executors.create({ type: "local" }), null);
  throws(() => queueNamed("local"), TypeError);
});
