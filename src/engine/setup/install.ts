import { join } from "node:path";
import { ExperimentError, removeIfThere } from "@/core/mod.ts";
import { downloadWheel } from "./download.ts";
import { hashFile } from "./hash_file.ts";
import { lockFile } from "./lock.ts";
import { downloadByPip, findPip } from "./pip.ts";
import {
  type Build,
  buildFolder,
  engineFolder,
  TENSORFLOW_VERSION,
} from "./place.ts";
import { megabytes, progressLines } from "./progress.ts";
import {
  type BuildFile,
  type Inventory,
  readInventory,
  writeInventory,
} from "./ready.ts";
import { supportOf } from "./support.ts";
import { listZip, unzipEntry } from "./zip.ts";
import type { Bill, Wheel } from "./wheels.ts";

/** What setting up reports to and stops for. */
export interface InstallOptions {
  /** Hears each line the user should see. */
  notify(line: string): void;
  /** Stops it; a later call goes on. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts a build of the native library into the cache folder, unless it is there.
 *
 * It appears there whole or not at all. Downloads that broke off are taken up
 * again; a second process waits for the first.
 *
 * @throws {ExperimentError} If there is none for this machine, if it cannot be
 * downloaded, or if the disk is full.
 */
export async function install(
  build: Build,
  { notify, signal }: InstallOptions,
): Promise<Inventory> {
  const there = readInventory(build);
  if (there) return there;
  const { bill, reason } = supportOf(build);
  if (!bill) throw refusal(reason);
  try {
    using _lock = await lockFile(join(engineFolder(), `${build}.lock`), {
      onWait: () => notify("Waiting for another process that sets up as well"),
      signal,
    });
    return readInventory(build) ?? await fill(build, bill, { notify, signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ExperimentError ? error : failure(error, bill);
  }
}

/** Downloads and unpacks all of a build, while no other process does. */
async function fill(
  build: Build,
  { wheels, diskBytes }: Bill,
  options: InstallOptions,
): Promise<Inventory> {
  const { notify, signal } = options;
  const folder = buildFolder(build), part = `${folder}.part`;
  const downloads = join(engineFolder(), "downloads");
  const packedBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  notify(
    `Setting up TensorFlow ${TENSORFLOW_VERSION}: ${megabytes(packedBytes)}` +
      ` to download, ${megabytes(diskBytes)} on the disk, in ${folder}`,
  );
  await Deno.mkdir(downloads, { recursive: true });
  await Deno.remove(part, { recursive: true }).catch(ignoreMissing);
  const files: BuildFile[] = [];
  for (const wheel of wheels) {
    const archive = await obtain(wheel, downloads, options);
    notify(`Unpacking ${wheel.file}`);
    files.push(...await unpack(wheel, archive, part, signal));
    removeIfThere(archive);
  }
  const inventory: Inventory = {
    tensorflow: TENSORFLOW_VERSION,
    wheels: Object.fromEntries(wheels.map((w) => [w.file, w.sha256])),
    files,
  };
  writeInventory(part, inventory);
  await Deno.remove(folder, { recursive: true }).catch(ignoreMissing);
  await Deno.rename(part, folder);
  return inventory;
}

/** Downloads a wheel, by pip if there is one, else from the index; checks it. */
async function obtain(
  wheel: Wheel,
  folder: string,
  { notify, signal }: InstallOptions,
): Promise<string> {
  const target = join(folder, wheel.file);
  if (await isThere(wheel, target)) return target; // left by an earlier attempt
  const listener = {
    progress: progressLines(
      `Downloading ${wheel.project}`,
      wheel.bytes,
      notify,
    ),
    signal,
  };
  const pip = await findPip();
  if (pip) {
    try {
      const archive = await downloadByPip(pip, wheel, folder, listener);
      await checkHash(wheel, archive);
      return archive;
    } catch (error) {
      signal?.throwIfAborted();
      notify(`pip could not download ${wheel.file}: ${messageOf(error)}`);
    }
  }
  notify(`Downloading ${wheel.file} from the package index`);
  const part = `${target}.part`;
  await downloadWheel(wheel, part, listener);
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

/** Unpacks what the engine needs of a wheel. */
async function unpack(
  wheel: Wheel,
  archive: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<BuildFile[]> {
  using file = await Deno.open(archive);
  const files: BuildFile[] = [];
  for (const entry of await listZip(file)) {
    const path = wheel.placeOf(entry.path);
    if (path === null) continue;
    const target = join(folder, path);
    const sha256 = await unzipEntry(archive, entry, target, signal);
    files.push({ path, bytes: entry.bytes, sha256 });
  }
  if (files.length === 0) throw new Error(`${wheel.file} has no library`);
  return files;
}

function refusal(reason: string): ExperimentError {
  return new ExperimentError(
    `Cannot set up the native engine: ${reason}`,
    {
      where: `${Deno.build.os} ${Deno.build.arch}`,
      fix: "Use --engine embedded, which is slower and needs no download",
    },
  );
}

function failure(error: unknown, { wheels, diskBytes }: Bill): ExperimentError {
  const isFull = (error as { code?: string }).code === "ENOSPC";
  const largest = Math.max(...wheels.map(({ bytes }) => bytes));
  return new ExperimentError(
    `Cannot set up the native engine: ${messageOf(error)}`,
    {
      where: engineFolder(),
      fix: isFull
        ? `Free ${
          megabytes(diskBytes + largest)
        } there, or set CLEFT_CACHE to a` +
          " folder on another disk"
        : "Run deno task setup again when the package index can be reached, or" +
          " use --engine embedded",
      cause: error,
    },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
