import { card } from "./card.ts";
import { disk } from "./disk.ts";
import { diskSpace } from "./disk_space.ts";
import { machineMemory } from "./machine_memory.ts";
import { memory } from "./memory.ts";
import { processor } from "./processor.ts";
import { processorEnergy } from "./processor_energy.ts";
import type { MachineNumber, MachineSource } from "./source.ts";

/** Everything that tells of the machine; add a line for another one. */
export const machineSources: readonly MachineSource[] = [
  processor,
  memory,
  machineMemory,
  disk,
  diskSpace,
  card,
  processorEnergy,
];

/** Every number that they tell. */
export function machineNumbers(): readonly MachineNumber[] {
  return machineSources.flatMap(({ numbers }) => numbers);
}

/** The number that tells how much memory a run took. */
export const peakMemoryName = "system.peakMemoryMiB";

/** The numbers whose sum is the energy, in kWh, that a run took as far as it is read. */
export function energyNames(): readonly string[] {
  return machineNumbers().filter(({ unit }) => unit === "kWh")
    .map(({ name }) => name);
}
