import { ExperimentError } from "@/core/mod.ts";
import type { RecordingProcess, Records } from "@/record/mod.ts";

/**
 * Asks processes to stop after their step, each once: a second signal would end
 * it at once.
 */
export class Stops {
  readonly #asked = new Set<number>();
  readonly #records: Records;

  /** Stops runs that are recorded somewhere. */
  constructor(records: Records) {
    this.#records = records;
  }

  /** Whether the process of a run was asked. */
  has(id: string): boolean {
    if (this.#asked.size === 0) return false;
    const { pid, isHere } = this.#records.recordedBy(id);
    return isHere && this.#asked.has(pid);
  }

  /**
   * Asks the process of a running run; it writes a checkpoint, and the run can be
   * resumed.
   *
   * @throws {ExperimentError} If its process cannot be reached from here.
   */
  async stop(id: string): Promise<void> {
    const process = this.#records.recordedBy(id);
    const why = await obstacle(process);
    if (why !== null) {
      throw new ExperimentError(`Cannot stop ${id}: ${why}`, {
        where: `process ${process.pid} on ${process.host}`,
        fix: "Press Ctrl+C where it was started",
      });
    }
    this.ask(process.pid);
  }

  /** Asks a process of Cleft's; false if it was asked before. */
  ask(pid: number): boolean {
    if (this.#asked.has(pid)) return false;
    Deno.kill(pid, "SIGINT");
    this.#asked.add(pid);
    return true;
  }

  /** Takes that a process has ended: its number can be another's. */
  forget(pid: number): void {
    this.#asked.delete(pid);
  }
}

/** Why a process cannot be asked to stop, or null. */
async function obstacle(
  { pid, host, isHere }: RecordingProcess,
): Promise<string | null> {
  if (!isHere) return `it runs on another machine, ${host}`;
  if (Deno.build.os === "windows") {
    return "on Windows, only its own console can tell a program to stop";
  }
  return await isCleft(pid)
    ? null
    : "its process is not to be seen from here, as in a container";
}

/** Whether a process is Cleft: in a container, or out of one, its number is another's. */
async function isCleft(pid: number): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("ps", {
      args: ["-o", "args=", "-p", `${pid}`],
      stdin: "null",
      stderr: "null",
    }).output();
    return new TextDecoder().decode(stdout).includes("main.ts");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true; // no ps to ask
    throw error;
  }
}
