import { deepStrictEqual, throws } from "node:assert/strict";
import { sinceOf } from "./_since.ts";

Deno.test("sinceOf() reads dates, times in UTC, and how long ago", () => {
  const nowMs = Date.parse("2026-11-27T18:00:00Z");
  const cases = {
    "12h": "2026-11-27T06:00:00.000Z",
    "7d": "2026-11-20T18:00:00.000Z",
    "2w": "2026-11-13T18:00:00.000Z",
    "2026-11-01": "2026-11-01T00:00:00.000Z",
    "2026-11-01T18:05": "2026-11-01T18:05:00.000Z",
    "2026-11-01T18:05:09Z": "2026-11-01T18:05:09.000Z",
  };
  for (const [text, time] of Object.entries(cases)) {
    deepStrictEqual(sinceOf(text, nowMs), time);
  }
  for (const text of ["yesterday", "7", "2026-13-01", "2026"]) {
    throws(() => sinceOf(text, nowMs), /is no time/);
  }
});
