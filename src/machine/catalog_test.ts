import { ok } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { machineNumbers, machineSources } from "./catalog.ts";
import { MachineWatch } from "./watch.ts";

const watched = { cards: 1, folder: Deno.cwd() };

Deno.test("machineNumbers() have names of their own, with a unit", () => {
  const numbers = machineNumbers();
  assertEquals(new Set(numbers.map(({ name }) => name)).size, numbers.length);
  for (const { name, unit, label, summary } of numbers) {
    ok(unit !== "" && label !== "" && summary !== "", name);
  }
});

Deno.test("machineSources tell sound numbers of this machine, or say why not", () => {
  const before = performance.now();
  using watch = new MachineWatch(machineSources, watched);
  while (performance.now() < before + 20); // it computes meanwhile
  watch.read();
  const told = watch.take();
  for (const [name, value] of Object.entries(told)) {
    ok(Number.isFinite(value) && value >= 0, `${name}: ${value}`);
  }
  const cores = navigator.hardwareConcurrency;
  ok(told["system.cpuPercent"]! > 0, "it computed");
  ok(told["system.cpuPercent"]! < 100 * (cores + 1), "on these cores");
  ok(told["system.memoryMiB"]! > 20, "Deno needs some");
  ok(told["system.peakMemoryMiB"]! >= told["system.memoryMiB"]!);
  ok(told["system.machineMemoryPercent"]! <= 100);
  ok(told["system.diskFreeGiB"]! > 0);
  for (const { what, why } of watch.unread) ok(why !== "", what);
});

Deno.test({
  name:
    "machineSources without rights tell what takes none, and fail in nothing",
  permissions: "none",
  fn() {
    using watch = new MachineWatch(machineSources, watched);
    watch.read();
    ok("system.memoryMiB" in watch.take());
    const unread = watch.unread.map(({ what }) => what);
    for (const name of ["memory of the machine", "graphics card"]) {
      ok(unread.includes(name), name);
    }
  },
});
