import { ExperimentError, systemFault } from "@/core/mod.ts";
import { brokeDown, hdf5Reason, systemRefusal } from "./_library.ts";

/** Makes the errors of one open file. */
export class Guard {
  /** The file's absolute path. */
  readonly path: string;
  /** Where it is named, for errors. */
  readonly where: string;

  /** For a file that is named somewhere. */
  constructor(path: string, where: string) {
    this.path = path;
    this.where = where;
  }

  /** That a dataset, or anything else in the file, cannot be read. */
  unreadable(name: string, why: string, fix: string): ExperimentError {
    return this.error(`Cannot read "${name}" of "${this.path}": ${why}`, fix);
  }

  /** An error of the file. */
  error(message: string, fix: string, cause?: unknown): ExperimentError {
    return new ExperimentError(message, { where: this.where, fix, cause });
  }

  /** Does what HDF5 may refuse; if it does, the file is damaged. */
  try<Result>(what: string, act: () => Result): Result {
    try {
      return act();
    } catch (error) {
      if (error instanceof ExperimentError) throw error;
      const fault = systemFault(error);
      if (fault) {
        throw this.error(`Cannot ${what}: ${fault.reason}`, fault.fix, error);
      }
      const refused = systemRefusal(error);
      if (refused) {
        throw this.error(
          `Cannot ${what}: the system refuses it (${refused})`,
          "See that the disk works and the file may be read",
          error,
        );
      }
      const reason = brokeDown(error)
        ? "HDF5 breaks down over it"
        : hdf5Reason(error);
      throw this.error(
        `Cannot ${what}: the file is damaged (${reason})`,
        "Get the file again and compare its size and hash with the source's",
        error,
      );
    }
  }
}
