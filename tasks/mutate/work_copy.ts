import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mutation } from "./find.ts";

const together = fileURLToPath(new URL("../_together.ts", import.meta.url));

/** What came of a mutation; only what lived says something about the tests. */
export type Outcome = "killed" | "too long" | "not compiling" | "lived";

/** A copy of a working tree, in which sources are changed and tests run. */
export class WorkCopy implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Copies what git knows of a tree, and new files that it does not ignore. */
  static async of(folder: string): Promise<WorkCopy> {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
      cwd: folder,
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const copy = Deno.realPathSync(
      Deno.makeTempDirSync({ prefix: "cleft-mutate-" }),
    );
    const paths = new TextDecoder().decode(stdout).split("\0")
      .filter((path) => path !== "");
    for (const path of paths) {
      Deno.mkdirSync(dirname(join(copy, path)), { recursive: true });
      copyIfThere(join(folder, path), join(copy, path));
    }
    return new WorkCopy(copy);
  }

  /** Makes a change, runs what may notice, and takes the change back. */
  async try(
    { path, start, end, after }: Mutation,
    { steps, seconds, isChecked }: {
      /** Tests that run together; a step runs if the one before noticed nothing. */
      readonly steps: readonly (readonly string[])[];
      /** After which a step counts as one that noticed. */
      readonly seconds: number;
      /** Whether a change that no test noticed is held against types. */
      readonly isChecked: boolean;
    },
  ): Promise<Outcome> {
    const file = join(this.folder, path);
    const text = Deno.readTextFileSync(file);
    Deno.writeTextFileSync(
      file,
      text.slice(0, start) + after + text.slice(end),
    );
    try {
      for (const tests of steps) {
        const outcome = await this.test(tests, seconds);
        if (outcome !== "lived") return outcome;
      }
      if (!isChecked) return "lived";
      const { code } = await this.#deno(["check", "--quiet", path]);
      return code === 0 ? "lived" : "not compiling";
    } finally {
      Deno.writeTextFileSync(file, text);
    }
  }

  /** Runs tests until one fails, or time is up. */
  async test(tests: readonly string[], seconds: number): Promise<Outcome> {
    const options = ["-A", "--quiet", "--no-check", "--fail-fast"];
    const signal = AbortSignal.timeout(1000 * seconds);
    const { code } = await this.#deno(
      ["test", ...options, together, "--", ...tests],
      signal,
    );
    if (code === 0) return "lived";
    return signal.aborted ? "too long" : "killed";
  }

  async #deno(
    args: readonly string[],
    signal: AbortSignal | null = null,
  ): Promise<Deno.CommandStatus> {
    const process = new Deno.Command(Deno.execPath(), {
      args: [...args],
      cwd: this.folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      ...signal && { signal },
    }).spawn();
    return await process.status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Copies a file; one that git knows but was deleted is left out. */
function copyIfThere(from: string, to: string): void {
  try {
    Deno.copyFileSync(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
