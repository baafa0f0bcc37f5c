import { join, relative } from "node:path";
import {
  ExperimentError,
  hashFile,
  removeIfThere,
  roomFor,
} from "@/core/mod.ts";
import type { Bill, Build } from "./build.ts";
import { lockFile } from "./lock.ts";
import {
  type InstallOptions,
  messageOf,
  obtainWheel,
  type Sources,
} from "./obtain.ts";
import { findPip } from "./pip.ts";
import { buildFolder, engineFolder } from "./place.ts";
import { megabytes } from "./progress.ts";
import {
  type BuildFile,
  findInstalled,
  type Installed,
  writeInventory,
} from "./ready.ts";
import { removeFolder } from "./remove_folder.ts";
import type { Wheel } from "./wheel.ts";
import { checkBuild } from "./verify.ts";
import { listZip, unzipEntry } from "./zip.ts";

/**
 * Puts a build into the cache folder, unless it is there; one that is damaged is
 * replaced.
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
): Promise<Installed> {
  const there = await findSound(build);
  if (there) return there;
  const { bill, reason } = build.support();
  if (!bill) throw refusal(build, reason);
  if (!mayDownload()) throw await notHere(build);
  try {
    using _lock = await lockFile(join(engineFolder(), `${build.folder}.lock`), {
      onWait: () => notify("Waiting for another process that sets up as well"),
      signal,
    });
    const waitedFor = await findSound(build, notify);
    if (waitedFor) return waitedFor;
    const target = { title: build.title, folder: buildFolder(build) };
    await fill(target, { bill, sources: await findSources() }, {
      notify,
      signal,
    });
    return findInstalled(build)!;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof ExperimentError
      ? error
      : failure(error, build, bill);
  }
}

/** Whether this command has the right to fetch something. */
function mayDownload(): boolean {
  return Deno.permissions.querySync({ name: "net" }).state === "granted";
}

async function notHere(build: Build): Promise<ExperimentError> {
  const { title, command, instead } = build;
  const why = findInstalled(build)
    ? (await checkBuild(build, { isThorough: false })).faults.join(", ")
    : "it is not set up";
  return new ExperimentError(`Cannot use ${title}: ${why}`, {
    where: buildFolder(build),
    fix: `Set it up by: ${command}. ${instead}`,
  });
}

/** A build that is there and as it was unpacked; `notify` hears what it is not. */
async function findSound(
  build: Build,
  notify: (line: string) => void = () => {},
): Promise<Installed | null> {
  const there = findInstalled(build);
  if (!there) return null;
  const { faults } = await checkBuild(build, { isThorough: false });
  if (faults.length === 0) return there;
  notify(`${build.title} in the cache is set up again: ${faults.join(", ")}`);
  return null;
}

/** Where wheels come from on this machine. */
export async function findSources(): Promise<Sources> {
  return {
    pip: await findPip(),
    index: Deno.env.get("PIP_INDEX_URL") ?? "https://pypi.org/simple",
  };
}

/** What is filled. */
interface Target {
  /** What people know the build by. */
  readonly title: string;
  /** Where it shall be. */
  readonly folder: string;
}

/**
 * Downloads and unpacks all of a build into a new folder, while no other
 * process does. Downloads are kept beside it until all of it is there.
 */
export async function fill(
  { title, folder }: Target,
  { bill, sources }: { readonly bill: Bill; readonly sources: Sources },
  options: InstallOptions,
): Promise<void> {
  const { notify, signal } = options, { wheels, diskBytes } = bill;
  const part = `${folder}.part`;
  const downloads = `${folder}.downloads`;
  const packedBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  notify(
    `Setting up ${title}: ${megabytes(packedBytes)} to download, ` +
      `${megabytes(diskBytes)} on the disk, in ${folder}`,
  );
  await Deno.mkdir(downloads, { recursive: true });
  await removeFolder(part);
  checkRoom(bill, downloads);
  const files: BuildFile[] = [];
  for (const wheel of wheels) {
    const archive = await obtainWheel(wheel, {
      folder: downloads,
      sources,
      ...options,
    });
    notify(`Unpacking ${wheel.file}`);
    files.push(...await unpack(wheel, archive, part, signal));
    removeIfThere(archive);
  }
  for (const path of bill.make?.(part) ?? []) {
    const { size: bytes } = await Deno.stat(path);
    const sha256 = await hashFile(path);
    files.push({ path: relative(part, path), bytes, sha256 });
  }
  writeInventory(part, {
    wheels: Object.fromEntries(wheels.map((w) => [w.file, w.sha256])),
    files,
  });
  await removeFolder(folder);
  await Deno.rename(part, folder);
  await Deno.remove(downloads, { recursive: true });
}

/** Fails before the download if the disk could not hold what comes of it. */
function checkRoom(bill: Bill, downloads: string): void {
  const missing = neededBytes(bill) - bytesIn(downloads);
  if (roomFor(join(downloads, "wheel")) >= missing) return;
  throw Object.assign(
    new Error(`it takes ${megabytes(missing)}, which the disk does not have`),
    { code: "ENOSPC" },
  );
}

/** What is on the disk at most while a build is set up. */
function neededBytes({ wheels, diskBytes }: Bill): number {
  return diskBytes + Math.max(...wheels.map(({ bytes }) => bytes));
}

/** What an earlier attempt left in a folder. */
function bytesIn(folder: string): number {
  return [...Deno.readDirSync(folder)].reduce(
    (sum, { name, isFile }) =>
      sum + (isFile ? Deno.statSync(join(folder, name)).size : 0),
    0,
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
    const sha256 = await unzipEntry(archive, { entry, target, signal });
    files.push({ path, bytes: entry.bytes, sha256 });
  }
  if (files.length === 0) throw new Error(`${wheel.file} has no library`);
  return files;
}

function refusal({ title, instead }: Build, reason: string): ExperimentError {
  return new ExperimentError(`Cannot set up ${title}: ${reason}`, {
    where: `${Deno.build.os} ${Deno.build.arch}`,
    fix: instead,
  });
}

function failure(
  error: unknown,
  { title, instead }: Build,
  bill: Bill,
): ExperimentError {
  const isFull = (error as { code?: string }).code === "ENOSPC";
  return new ExperimentError(`Cannot set up ${title}: ${messageOf(error)}`, {
    where: engineFolder(),
    fix: isFull
      ? `Free ${
        megabytes(neededBytes(bill))
      } there, or set CLEFT_CACHE to a folder on another disk`
      : "Set up again when the package index can be reached. " + instead,
    cause: error,
  });
}
