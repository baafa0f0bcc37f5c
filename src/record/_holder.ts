import process from "node:process";
import type { LockState } from "./_run_lock.ts";

/** The process that records a run, so that others can tell whether it lives. */
export interface Holder {
  /** Its number. */
  readonly pid: number;
  /** The machine's name. */
  readonly host: string;
  /**
   * The clock tick it started at, as a number can be used again. Recorded by
   * versions that took no locks.
   */
  readonly startTick?: string | null;
  /** The boot of the machine and its space of process numbers. By those too. */
  readonly pidSpace?: string | null;
}

/** A process that records a run. */
export interface RecordingProcess {
  /** Its number. */
  readonly pid: number;
  /** The machine's name. */
  readonly host: string;
  /** Whether that is this machine. */
  readonly isHere: boolean;
}

/** The process that a holder is, as seen from this machine. */
export function processOf({ pid, host }: Holder): RecordingProcess {
  return { pid, host, isHere: host === Deno.hostname() };
}

/** How long after its last sign of life a process that cannot be asked is dead. */
const silenceMs = 120_000;

/** This process. */
export function thisHolder(): Holder {
  return { pid: Deno.pid, host: Deno.hostname() };
}

/**
 * Whether a holder still runs. A lock that is held says so, and one that is
 * free says that it does not, if the holder was on this machine: elsewhere it
 * need not be seen from here. Without either, a sign of life within the last two
 * minutes decides. The clock may have been set back, so one from the future does
 * not count for ever.
 */
export function isAlive(
  { holder, at }: { readonly holder: Holder; readonly at: string },
  { lock, nowMs }: { readonly lock: LockState; readonly nowMs: number },
): boolean {
  if (lock === "held") return true;
  const isHere = holder.host === Deno.hostname();
  const isSeen = "startTick" in holder
    ? isSeenByNumber(holder, isHere)
    : isHere && lock === "free"
    ? false
    : null;
  return isSeen ?? Math.abs(nowMs - Date.parse(at)) < silenceMs;
}

/** Whether the process of a version without locks runs; null where that is not to be seen. */
function isSeenByNumber(holder: Holder, isHere: boolean): boolean | null {
  const here = pidSpace(), there = holder.pidSpace ?? null;
  if (there !== null && there === here) {
    const tick = startTick(holder.pid);
    return tick !== null && tick === holder.startTick;
  }
  if (!isHere) return null;
  // The same machine after another boot: its processes are gone.
  if (there !== null && here !== null && bootOf(there) !== bootOf(here)) {
    return false;
  }
  return here === null && there === null && !existsHere(holder.pid)
    ? false
    : null;
}

function bootOf(space: string): string {
  return space.split(" ")[0]!;
}

/** `null` where there is no /proc, or none for us. */
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
    const isGone = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotCapable || codeOf(error) === "ESRCH";
    if (isGone) return null; // ESRCH: of a process that ends at that moment
    throw error;
  }
}

/** Whether there is a process of this number; true as well where that is secret. */
function existsHere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Deno.errors.NotCapable || codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
