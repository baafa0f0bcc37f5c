import { deepStrictEqual } from "node:assert/strict";
import { secondsLeft } from "./run_summary.ts";

Deno.test("secondsLeft() goes by the steps since the run was gone on with", () => {
  const since = { step: 100, at: "2026-11-27T10:00:00.000Z" };
  const at = "2026-11-27T10:00:30.000Z"; // 30 s for 10 steps
  const left = (step: number, steps: number | null) =>
    secondsLeft({ step, steps }, { since, at });
  deepStrictEqual(left(110, 150), 120);
  deepStrictEqual(left(110, 110), 0);
  deepStrictEqual(left(100, 150), null);
  deepStrictEqual(left(110, null), null);
});
