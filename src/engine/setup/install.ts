import { join } from "node:path";
import { ExperimentError, removeIfThere } from "@/core/mod.ts";
import { lockFile } from "./lock.ts";
import {
  type InstallOptions,
  messageOf,
  obtainWheel,
  type Sources,
} from "./obtain.ts";
import { findPip } from "./pip.ts";
import {
  type Build,
  buildFolder,
  engineFolder,
  TENSORFLOW_VERSION,
} from "./place.ts";
import { megabytes } from "./progress.ts";
import {
  type BuildFile,
  type Inventory,
  readInventory,
  writeInventory,
} from "./ready.ts";
import { removeFolder } from "./remove_folder.ts";
import { supportOf } from "./support.ts";
import { listZip, unzipEntry } from "./zip.ts";
import type { Bill, Wheel } from "./wheels.ts";

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
  const folder = buildFolder(build);
  const there = readInventory(folder);
  if (there) return there;
  const { bill, reason } = supportOf(build);
  if (!bill) throw refusal(reason);
  try {
    using _lock = await lockFile(join(engineFolder(), `${build}.lock`), {
      onWait: () => notify("Waiting for another process that sets up as well"),
      signal,
    });
    const sources = {
      pip: await findPip(),
      index: Deno.env.get("PIP_INDEX_URL") ?? "https://pypi.org/simple",
    };
    return readInventory(folder) ??
      await fill(folder, bill, sources, { notify, signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ExperimentError ? error : failure(error, bill);
  }
}

/**
 * Downloads and unpacks all of a build into a new folder, while no other
 * process does. Downloads are kept beside it until all of it is there.
 */
export async function fill(
  folder: string,
  { wheels, diskBytes }: Bill,
  sources: Sources,
  options: InstallOptions,
): Promise<Inventory> {
  const { notify, signal } = options, part = `${folder}.part`;
  const downloads = `${folder}.downloads`;
  const packedBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  notify(
    `Setting up TensorFlow ${TENSORFLOW_VERSION}: ${megabytes(packedBytes)}` +
      ` to download, ${megabytes(diskBytes)} on the disk, in ${folder}`,
  );
  await Deno.mkdir(downloads, { recursive: true });
  await removeFolder(part);
  const files: BuildFile[] = [];
  for (const wheel of wheels) {
    const archive = await obtainWheel(wheel, downloads, sources, options);
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
  await removeFolder(folder);
  await Deno.rename(part, folder);
  await Deno.remove(downloads, { recursive: true });
  return inventory;
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
