import process from "node:process";

/** The process that records a run, so that others can tell whether it lives. */
export interface Holder {
  /** Its number. */
  readonly pid: number;
  /** The clock tick it started at, as a number can be used again. */
  readonly startTick: string | null;
  /** The machine's name. */
  readonly host: string;
  /** The boot of the machine and its space of process numbers. */
  readonly pidSpace: string | null;
}

/** How long after its last sign of life a process on another machine is dead. */
const silenceMs = 120_000;

/** This process. */
export function thisHolder(): Holder {
  return {
    pid: Deno.pid,
    startTick: startTick(Deno.pid),
    host: Deno.hostname(),
    pidSpace: pidSpace(),
  };
}

/**
 * Whether a holder still runs. Where its process can be looked up, that
 * decides; elsewhere a heartbeat within the last two minutes does. The clock
 * may have been set back, so one from the future does not count for ever.
 */
export function isAlive(
  holder: Holder,
  heartbeatAt: string,
  nowMs: number,
): boolean {
  if (holder.pidSpace !== null && holder.pidSpace === pidSpace()) {
    const tick = startTick(holder.pid);
    return tick !== null && tick === holder.startTick;
  }
  const isHere = holder.host === Deno.hostname();
  // The same machine after another boot: its processes are gone.
  if (isHere && bootOf(holder.pidSpace) !== bootOf(pidSpace())) return false;
  if (isHere && pidSpace() === null && !existsHere(holder.pid)) return false;
  return Math.abs(nowMs - Date.parse(heartbeatAt)) < silenceMs;
}

function bootOf(space: string | null): string | undefined {
  return space?.split(" ")[0];
}

/** `null` where there is no /proc. */
function pidSpace(): string | null {
  const boot = readIfThere("/proc/sys/kernel/random/boot_id");
  if (boot === null) return null;
  return `${boot.trim()} ${Deno.readLinkSync("/proc/self/ns/pid")}`;
}

/** The start of a living process in clock ticks since boot, `null` if none. */
function startTick(pid: number): string | null {
  const stat = readIfThere(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name, in brackets, may hold anything; state is field 3, start field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? null : fields[19]!;
}

function readIfThere(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || hasNoProcess(error)) {
      return null;
    }
    throw error;
  }
}

/** Reading /proc of a process that ends at that moment. */
function hasNoProcess(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ESRCH";
}

function existsHere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
