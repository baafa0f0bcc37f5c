import { ExperimentError } from "@/core/mod.ts";
import type { RecordingProcess, Records } from "@/record/mod.ts";

/** Asks runs to stop after their step, each once: a second signal would end it at once. */
export class Stops {
  /** The process that was asked, by its run. */
  readonly #asked = new Map<string, number>();
  readonly #records: Records;

  /** Stops runs that are recorded somewhere. */
  constructor(records: Records) {
    this.#records = records;
  }

  /** Whether a run was asked, and has not been gone on with since. */
  has(id: string): boolean {
    const pid = this.#asked.get(id);
    return pid !== undefined && this.#records.recordedBy(id).pid === pid;
  }

  /**
   * Asks a running run to stop; it writes a checkpoint, and can be resumed.
   *
   * @throws {ExperimentError} If its process cannot be reached from here.
   */
  async stop(id: string): Promise<void> {
    if (this.has(id)) return;
    const process = this.#records.recordedBy(id);
    const why = await obstacle(process);
    if (why !== null) {
      throw new ExperimentError(`Cannot stop ${id}: ${why}`, {
        where: `process ${process.pid} on ${process.host}`,
        fix: "Press Ctrl+C where it was started",
      });
    }
    Deno.kill(process.pid, "SIGINT");
    this.#asked.set(id, process.pid);
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
  const { stdout } = await new Deno.Command("ps", {
    args: ["-o", "args=", "-p", `${pid}`],
    stdin: "null",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).includes("main.ts");
}
