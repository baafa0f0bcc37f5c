import { readKernelFile } from "@/core/mod.ts";
import type { MachineSource, OpenSource } from "./source.ts";

const energy = {
  name: "system.cpuEnergyKWh",
  label: "Energy of the processor",
  unit: "kWh",
  summary: "Energy that the processor took meanwhile, for all programs (RAPL)",
  kept: "total",
} as const;

/** Energy of the processor, as those of Intel and AMD count it. */
export const processorEnergy: MachineSource = {
  name: "energy of the processor",
  numbers: [energy],
  open: () => openCounters(readKernelFile),
};

/** Where Linux shows the counters, and how many of them we look for. */
const folder = "/sys/class/powercap/intel-rapl:", most = 16;

/**
 * Reads the counters of every processor package by `read`.
 *
 * @throws {Error} If there is none that this user may read.
 */
export function openCounters(
  read: (path: string) => string | null,
): OpenSource {
  const packages = Array.from({ length: most }, (_, i) => `${folder}${i}`)
    .filter((path) => /^package/.test(read(`${path}/name`) ?? ""));
  if (packages.length === 0) throw new Error("no counter of it is shown here");
  const counters = packages.map((path) => ({
    path: `${path}/energy_uj`,
    // It begins again at 0 there.
    range: Number(read(`${path}/max_energy_range_uj`) ?? NaN),
  }));
  const now = () =>
    counters.map(({ path }) => {
      const text = read(path);
      if (text === null) throw new Error(`only root may read ${path}`);
      return Number(text);
    });
  let before = now();
  return {
    read() {
      const after = now();
      const microjoules = after.map((value, i) => {
        const grown = value - before[i]!;
        return grown < 0 ? grown + counters[i]!.range : grown;
      });
      before = after;
      const sum = microjoules.reduce((a, b) => a + b, 0);
      return Number.isFinite(sum) ? { [energy.name]: sum / 1e6 / 3.6e6 } : {};
    },
    [Symbol.dispose]() {},
  };
}
