import type { MachineSource } from "./source.ts";

const used = {
  name: "system.machineMemoryPercent",
  label: "Memory of the machine",
  unit: "%",
  summary: "Share of the machine's memory that all programs hold",
  kept: "highest",
} as const;

/** How full the memory of the machine is. */
export const machineMemory: MachineSource = {
  name: "memory of the machine",
  numbers: [used],
  open: () => ({
    read() {
      const { available, total } = Deno.systemMemoryInfo();
      return { [used.name]: 100 * (1 - available / total) };
    },
    [Symbol.dispose]() {},
  }),
};
