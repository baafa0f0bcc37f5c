import { deepEqual } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { StateBadge } from "./badge.tsx";

Deno.test("StateBadge() tells each state by a mark of its own, and in words", () => {
  const states = [
    "queued",
    "submitted",
    "finished",
    "running",
    "failed",
    "interrupted",
    "stopped",
    "crashed",
  ] as const;
  deepEqual(
    states.map((state) => see(<StateBadge state={state} />).lines[0]),
    [
      "◷ queued",
      "◷ submitted",
      "✓ finished",
      "… running",
      "✕ failed",
      "‖ interrupted",
      "■ stopped",
      "! crashed",
    ],
  );
});
