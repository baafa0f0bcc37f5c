import { dirname, join, relative, sep } from "node:path";
import {
  ExperimentError,
  explainSystemError,
  hashFilesOnce,
  hashOnce,
  type InputFile,
  isSameStamp,
  stampOf,
  stateOfFiles,
  statIfThere,
} from "@/core/mod.ts";
import type { VoxelContainer } from "../voxels/mod.ts";

/** A file as it was when it was hashed. */
export interface HashedInput extends InputFile {
  /**
   * Fails if it has changed since: all of it, or some of the files that hold it.
   *
   * @throws {ExperimentError} If its size, time or place on disk is another.
   */
  checkUnchanged(some?: readonly string[]): void;
}

/** Where what was hashed is remembered, and what names it. */
interface HashPlace {
  readonly cacheFolder: string;
  readonly where?: string;
}

/**
 * Hashes a file, or recalls its hash if size, times and inode are as they were.
 *
 * @throws {ExperimentError} If it cannot be read, or changes meanwhile.
 */
export async function hashInput(
  path: string,
  { cacheFolder, where = path }: HashPlace,
): Promise<HashedInput> {
  return await hashed(path, where, async () => {
    const { sha256, ...stamp } = await hashOnce(path, cacheFolder);
    return {
      sha256,
      bytes: stamp.bytes,
      isUnchanged: () => isSameStamp(stamp, stampOf(Deno.statSync(path))),
    };
  });
}

/**
 * Hashes an array: its file, or all files that hold it, as one.
 *
 * @throws {ExperimentError} If one cannot be read, or changes meanwhile.
 */
export async function hashArray(
  container: VoxelContainer,
  { array, cacheFolder, where = container.path }: HashPlace & {
    readonly array: string;
  },
): Promise<HashedInput> {
  const { path } = container;
  const all = container.filesOf(array), first = all[0]!;
  if (all.length === 1) return await hashInput(first, { cacheFolder, where });
  const folder = first.startsWith(path + sep) ? path : dirname(first);
  const below = (file: string) => relative(folder, file);
  return await hashed(join(path, array), where, async () => {
    const files = all.map(below);
    const found = await hashFilesOnce(folder, { files, cacheFolder });
    const isAsHashed = (file: string) => {
      const known = found.stamps.get(below(file)), info = statIfThere(file);
      return known && info
        ? isSameStamp(known, stampOf(info))
        : !known && !info;
    };
    const stateNow = () =>
      stateOfFiles(folder, container.filesOf(array).map(below)).state;
    return {
      ...found,
      isUnchanged: (some) =>
        some?.every(isAsHashed) ?? stateNow() === found.state,
    };
  });
}

/** What was hashed, with a look at whether it still is as it was. */
async function hashed(
  path: string,
  where: string,
  hash: () => Promise<{
    readonly bytes: number;
    readonly sha256: string;
    isUnchanged(some?: readonly string[]): boolean;
  }>,
): Promise<HashedInput> {
  const explain = (error: unknown): never => {
    throw explainSystemError(error, { doing: `read "${path}"`, where });
  };
  const { bytes, sha256, isUnchanged } = await hash().catch(explain);
  const checkUnchanged = (some?: readonly string[]) => {
    try {
      if (isUnchanged(some)) return;
    } catch (error) {
      explain(error);
    }
    throw new ExperimentError(
      `Cannot use "${path}": it changed while it was read`,
      { where, fix: "Wait until nothing writes to it, then start again" },
    );
  };
  checkUnchanged();
  return { path, bytes, sha256, checkUnchanged };
}
