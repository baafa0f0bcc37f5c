import { join } from "node:path";
import { removeIfThere } from "@/core/mod.ts";

/** Enough for the points of one flush and the end of the run. */
const reserveBytes = 512 * 1024;

/**
 * Disk space a run sets aside, so that on a full disk there is still room to
 * record that and why it failed. Kept as a file in the run's folder while the
 * run goes on.
 */
export class Reserve {
  readonly #path: string;

  /** The reserve of the run with this folder. */
  constructor(runFolder: string) {
    this.#path = join(runFolder, "reserve.tmp");
  }

  /** Sets the space aside. */
  claim(): void {
    removeIfThere(this.#path);
    // Not zeros, which some file systems keep without space.
    const bytes = new Uint8Array(reserveBytes).fill(0x5a);
    try {
      Deno.writeFileSync(this.#path, bytes, { createNew: true });
    } catch (error) {
      this.release(); // a full disk leaves the name without the bytes
      throw error;
    }
  }

  /** Gives the space back. */
  release(): void {
    removeIfThere(this.#path);
  }
}
