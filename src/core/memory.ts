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
  const most = machineBytes();
  if (bytes <= most) return;
  throw new ExperimentError(
    `Cannot ${doing}: it takes ${inGiB(bytes)} of memory, ` +
      `this machine has ${inGiB(most)}`,
    { where, fix },
  );
}

/** Memory and swap of the machine; where that may not be asked, what arrays hold. */
export function machineBytes(): number {
  try {
    const { total, swapTotal } = Deno.systemMemoryInfo();
    return total + swapTotal;
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return 2 ** 43;
    throw error;
  }
}

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
