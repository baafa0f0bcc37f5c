import { ExperimentError } from "./errors.ts";

/** What the operating system refused, in the user's words. */
export interface SystemFault {
  /** Its code, such as `ENOSPC`. */
  readonly code: string;
  /** What it concerned, if the error tells. */
  readonly path: string | null;
  /** Why, as the end of a sentence. */
  readonly reason: string;
  /** What the reader can do about it, in the imperative. */
  readonly fix: string;
}

/** What codes mean, and what to do about them. */
const meanings: Readonly<
  Record<string, readonly [reason: string, fix: string]>
> = {
  ENOENT: ["there is no such file or folder", "Correct the path"],
  ENOTDIR: [
    "a part of the path is a file, not a folder",
    "Name a path whose folders are folders",
  ],
  EISDIR: ["it is a folder, not a file", "Name a file"],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter name"],
  ELOOP: ["its links form a circle", "Name the file itself"],
  ENOTEMPTY: ["it is a folder, not a file", "Name a file"],
  EEXIST: ["it is there already", "Remove it, or name another"],
  EACCES: ["access is not permitted", "Change its permissions"],
  EPERM: ["access is not permitted", "Change its permissions"],
  EROFS: ["the disk can only be read", "Name a folder on another disk"],
  ENOSPC: ["the disk is full", "Free some space, or name another disk"],
  EDQUOT: ["the quota is used up", "Free some space, or name another disk"],
  EFBIG: ["the file becomes too large", "Name a folder on another disk"],
  EIO: ["the disk fails to read or write", "Check the disk"],
  ENXIO: ["it is no ordinary file", "Name a file"],
  ENODEV: ["it is no ordinary file", "Name a file"],
  EBUSY: ["another program is using it", "Close that program"],
  ETXTBSY: ["another program is using it", "Close that program"],
  ESTALE: ["the network disk has lost it", "Connect the disk again"],
  EMFILE: ["too many files are open", "Raise the limit: ulimit -n 4096"],
  ENFILE: ["too many files are open", "Close other programs"],
  ENOMEM: ["memory ran out", "Close other programs"],
  EINVAL: ["the system does not take this path", "Name another path"],
};

/** What an error of the operating system means; null for any other error. */
export function systemFault(error: unknown): SystemFault | null {
  if (!(error instanceof Error)) return null;
  const path = /'([^']+)'/.exec(error.message)?.[1] ?? null;
  if (error instanceof Deno.errors.NotCapable) {
    return {
      code: "NotCapable",
      path: /access to "([^"]+)"/.exec(error.message)?.[1] ?? null,
      reason: `Deno was started without the right to it (${
        error.message.split(", ")[0]
      })`,
      fix: "Start Cleft by deno task, or add the flag that Deno asks for",
    };
  }
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string" || !Object.hasOwn(meanings, code)) return null;
  const [reason, fix] = meanings[code]!;
  return { code, path, reason, fix };
}

/**
 * An error of the operating system as one that says what could not be done, and
 * why; any other error as it is.
 */
export function explainSystemError(
  error: unknown,
  { doing, where }: { readonly doing: string; readonly where?: string },
): unknown {
  const fault = systemFault(error);
  if (!fault) return error;
  return new ExperimentError(`Cannot ${doing}: ${fault.reason}`, {
    where: where ?? fault.path ?? "the command line",
    fix: fault.fix,
    cause: error,
  });
}
