import { join } from "node:path";
import { mayRun, programEnvironment } from "@/core/mod.ts";
import { removeFolder } from "./remove_folder.ts";
import type { Progress } from "./progress.ts";
import type { Wheel } from "./wheel.ts";

/** How often the size of a download is looked at. */
const LOOK_EVERY_MS = 500;

/** How pip is called on this machine, or null where there is none. */
export async function findPip(): Promise<readonly string[] | null> {
  for (const python of ["python3", "python"]) {
    // Its own path: a wrapper such as pyenv's would not pass our signal on.
    const script = "import pip, sys; print(sys.executable or '')";
    const path = await wordsOf(python, ["-c", script]);
    if (path) return [mayRun(path) ? path : python, "-m", "pip"];
  }
  for (const pip of ["pip3", "pip"]) {
    if (await wordsOf(pip, ["--version"]) !== null) return [pip];
  }
  return null;
}

/** What a program prints, or null if it is not there or fails. */
async function wordsOf(
  program: string,
  args: string[],
): Promise<string | null> {
  try {
    const { success, stdout } = await new Deno.Command(program, {
      args,
      env: programEnvironment(),
      stdin: "null",
      stderr: "null",
    }).output();
    return success ? new TextDecoder().decode(stdout).trim() : null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Downloads a wheel by pip, and so from the mirror pip is set up for.
 *
 * @returns The file.
 * @throws {Error} With pip's own words, if it fails.
 */
export async function downloadByPip(
  pip: readonly string[],
  { wheel, folder, progress, signal }: {
    readonly wheel: Wheel;
    readonly folder: string;
    progress: Progress;
    signal?: AbortSignal | undefined;
  },
): Promise<string> {
  const [program, ...first] = pip;
  // pip keeps a download where temporary files go, until it is complete. What a
  // pip that was killed left there goes first.
  const temporary = join(folder, "pip");
  await removeFolder(temporary);
  await Deno.mkdir(temporary);
  try {
    const child = new Deno.Command(program!, {
      args: [
        ...first,
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--only-binary=:all:",
        "--retries=2",
        "--python-version=3.12",
        `--platform=${wheel.platform}`,
        `--dest=${folder}`,
        `${wheel.project}==${wheel.version}`,
      ],
      env: {
        ...programEnvironment(),
        TMPDIR: temporary,
        PIP_DISABLE_PIP_VERSION_CHECK: "1",
      },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      ...(signal && { signal }),
    }).spawn();
    const timer = setInterval(
      () => progress(largestFile(temporary)),
      LOOK_EVERY_MS,
    );
    // A wrapper may end on our signal and leave pip behind, which we do not await.
    const { success, stderr } = await Promise.race([
      child.output(),
      ...signal ? [abortOf(signal)] : [],
    ]).finally(() => clearInterval(timer));
    signal?.throwIfAborted();
    if (!success) {
      const words = new TextDecoder().decode(stderr).trim();
      throw new Error(`pip: ${words.split("\n").slice(-3).join("; ")}`);
    }
    return join(folder, wheel.file);
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
}

/** Fails with a signal's reason when it is aborted. */
function abortOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener("abort", () => reject(signal.reason));
  return promise;
}

/** The size of the largest file in a folder that changes meanwhile. */
function largestFile(folder: string): number {
  let largest = 0;
  try {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = join(folder, name);
      const bytes = isDirectory ? largestFile(path) : Deno.statSync(path).size;
      largest = Math.max(largest, bytes);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return largest;
}
