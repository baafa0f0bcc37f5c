import { ok } from "node:assert/strict";
import { machineMemory } from "./machine_memory.ts";

Deno.test("machineMemory tells in percent what of the memory is not available", () => {
  using open = machineMemory.open({ cards: 0, folder: "." })!;
  const { available, total } = Deno.systemMemoryInfo();
  const percent = 100 * (total - available) / total;
  const told = open.read()["system.machineMemoryPercent"]!;
  ok(told > percent / 2 && told < 2 * percent, `${told}, not ${percent} %`);
});
