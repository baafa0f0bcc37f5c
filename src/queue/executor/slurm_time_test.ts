import { deepStrictEqual } from "node:assert/strict";
import { leavesTime, secondsOf } from "./_slurm_time.ts";

Deno.test("secondsOf() reads every form of Slurm's times", () => {
  deepStrictEqual(
    ["90", "1:30", "2:00:05", "1-2", "1-2:30", "1-2:30:15"].map(secondsOf),
    [5400, 90, 7205, 93_600, 95_400, 95_415],
  );
});

Deno.test("leavesTime() counts that Slurm may tell a minute early", () => {
  deepStrictEqual(leavesTime(5, 180), false);
  deepStrictEqual(leavesTime("5:01", 180), true);
});
