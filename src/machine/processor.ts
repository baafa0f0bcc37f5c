import process from "node:process";
import type { MachineSource } from "./source.ts";

const busy = {
  name: "system.cpuPercent",
  label: "Processor",
  unit: "%",
  summary:
    "Time that threads of the run computed; 100 is one core all the time",
  kept: "mean",
} as const;

/** How much of the processor the run uses. */
export const processor: MachineSource = {
  name: "processor",
  numbers: [busy],
  open() {
    let before = now();
    return {
      read() {
        const after = now();
        const share = (after.busyMs - before.busyMs) /
          (after.atMs - before.atMs);
        before = after;
        return Number.isFinite(share) ? { [busy.name]: 100 * share } : {};
      },
      [Symbol.dispose]() {},
    };
  },
};

function now() {
  const { user, system } = process.cpuUsage();
  return { busyMs: (user + system) / 1000, atMs: performance.now() };
}
