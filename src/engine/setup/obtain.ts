import { join } from "node:path";
import { hashFile, removeIfThere } from "@/core/mod.ts";
import { downloadWheel } from "./download.ts";
import { downloadByPip } from "./pip.ts";
import { progressLines } from "./progress.ts";
import type { Wheel } from "./wheel.ts";

/** Where wheels come from. */
export interface Sources {
  /** How pip is called, or null where there is none. */
  readonly pip: readonly string[] | null;
  /** The package index that is asked without pip (PEP 503). */
  readonly index: string;
}

/** What setting up reports to and stops for. */
export interface InstallOptions {
  /** Hears each line the user should see. */
  notify(line: string): void;
  /** Stops it; a later call goes on. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads a wheel into a folder, by pip if there is one, else from the index.
 *
 * @returns The file, which is the one that was pinned.
 * @throws {Error} If it cannot be had.
 */
export async function obtainWheel(
  wheel: Wheel,
  { folder, sources: { pip, index }, notify, signal }: InstallOptions & {
    readonly folder: string;
    readonly sources: Sources;
  },
): Promise<string> {
  const target = join(folder, wheel.file);
  if (await isThere(wheel, target)) return target; // left by an earlier attempt
  const listener = {
    progress: progressLines(`Downloading ${wheel.project}`, {
      totalBytes: wheel.bytes,
      notify,
    }),
    notify,
    signal,
  };
  if (pip) {
    try {
      const archive = await downloadByPip(pip, { wheel, folder, ...listener });
      await checkHash(wheel, archive);
      return archive;
    } catch (error) {
      signal?.throwIfAborted();
      notify(`pip could not download ${wheel.file}: ${messageOf(error)}`);
    }
  }
  notify(`Downloading ${wheel.file} from the package index`);
  const part = `${target}.part`;
  await downloadWheel(wheel, { ...listener, index, target: part });
  await checkHash(wheel, part);
  await Deno.rename(part, target);
  return target;
}

async function isThere(wheel: Wheel, path: string): Promise<boolean> {
  try {
    return await hashFile(path) === wheel.sha256;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Fails, and removes the file, unless it is the one that was pinned. */
async function checkHash(wheel: Wheel, path: string): Promise<void> {
  const sha256 = await hashFile(path);
  if (sha256 === wheel.sha256) return;
  removeIfThere(path);
  throw new Error(
    `${wheel.file} has the SHA-256 ${sha256}, it should be ${wheel.sha256}`,
  );
}

/** An error in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
