import { ok } from "node:assert/strict";
import process from "node:process";
import { processor } from "./processor.ts";

function now() {
  const { user, system } = process.cpuUsage(); // microseconds
  return { atS: performance.now() / 1e3, busyS: (user + system) / 1e6 };
}

Deno.test("processor tells the time computed in percent of one core", () => {
  const before = now();
  using open = processor.open({ cards: 0, folder: "." })!;
  const begun = now();
  while (now().atS < begun.atS + 0.05); // it computes
  const ended = now();
  const told = open.read()["system.cpuPercent"]!;
  const after = now();
  const least = (ended.busyS - begun.busyS) / (after.atS - before.atS);
  const most = (after.busyS - before.busyS) / (ended.atS - begun.atS);
  ok(least > 0 && told >= 99 * least && told <= 101 * most, `${told} %`);
});
