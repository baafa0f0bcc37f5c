import {
  ExperimentError,
  explainSystemError,
  hashOnce,
  type InputFile,
  isSameStamp,
  stampOf,
} from "@/core/mod.ts";

/** A file as it was when it was hashed. */
export interface HashedInput extends InputFile {
  /**
   * Fails if the file has changed since.
   *
   * @throws {ExperimentError} If its size, time or place on disk is another.
   */
  checkUnchanged(): void;
}

/**
 * Hashes a file, or recalls its hash if size, times and inode are as they were.
 *
 * @throws {ExperimentError} If it cannot be read, or changes meanwhile.
 */
export async function hashInput(
  path: string,
  { cacheFolder, where = path }: {
    readonly cacheFolder: string;
    readonly where?: string;
  },
): Promise<HashedInput> {
  const explain = (error: unknown): never => {
    throw explainSystemError(error, { doing: `read "${path}"`, where });
  };
  const explained = <Result>(act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      return explain(error);
    }
  };
  const { sha256, ...stamp } = await hashOnce(path, cacheFolder).catch(explain);
  const checkUnchanged = () => {
    if (isSameStamp(stamp, explained(() => stampOf(Deno.statSync(path))))) {
      return;
    }
    throw new ExperimentError(
      `Cannot use "${path}": it changed while it was read`,
      { where, fix: "Wait until nothing writes to it, then start again" },
    );
  };
  checkUnchanged();
  return { path, bytes: stamp.bytes, sha256, checkUnchanged };
}
