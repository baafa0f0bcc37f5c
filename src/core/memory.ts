import process from "node:process";
import { cgroupLimit } from "./cgroup_limit.ts";
import { ExperimentError } from "./errors.ts";

/** Something that needs memory. */
export interface MemoryNeed {
  /** What cannot be done without it, as after "Cannot". */
  readonly doing: string;
  /** Where it is asked for. */
  readonly where: string;
  /** What the reader can do about it. */
  readonly fix: string;
}

/**
 * Fails if something needs more memory than this machine has, so that it is known
 * before anything is computed.
 *
 * @throws {ExperimentError} If it does.
 */
export function checkMemory(
  bytes: number,
  { doing, where, fix }: MemoryNeed,
): void {
  const most = availableBytes();
  if (bytes <= most) return;
  throw new ExperimentError(
    `Cannot ${doing}: it takes ${inGiB(bytes)} of memory, ` +
      `this machine has ${inGiB(most)}`,
    { where, fix },
  );
}

/** Memory and swap, of the machine and its system. */
export interface MemorySystem {
  /** What the machine has; null where that may not be asked. */
  machine(): { readonly total: number; readonly swapTotal: number } | null;
  /** What the system lets this process have, as in a container or a job; 0 or Infinity if it sets no limit. */
  limit(): number;
}

/**
 * What this process can have: memory as the machine has it or the system lets it,
 * and swap; where that may not be asked, what arrays hold.
 */
export function availableBytes(system: MemorySystem = here): number {
  const machine = system.machine(), limit = system.limit();
  if (!machine) return limit > 0 ? Math.min(limit, mostOfArrays) : mostOfArrays;
  const memory = limit > 0 ? Math.min(limit, machine.total) : machine.total;
  return memory + machine.swapTotal;
}

const mostOfArrays = 2 ** 43;

const here: MemorySystem = {
  machine() {
    try {
      return Deno.systemMemoryInfo();
    } catch (error) {
      if (error instanceof Deno.errors.NotCapable) return null;
      throw error;
    }
  },
  limit() {
    const own = process.constrainedMemory();
    return Math.min(own > 0 ? own : Infinity, cgroupLimit());
  },
};

/** Bytes as `1.5 GiB`. */
export function inGiB(bytes: number): string {
  const gib = bytes / 2 ** 30;
  return `${
    gib < 10
      ? gib.toFixed(1)
      : gib < 1e6
      ? Math.round(gib)
      : gib.toExponential(1)
  } GiB`;
}
