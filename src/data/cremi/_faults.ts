import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";

/** Faults of a file, all of which are to be told. */
export class Faults {
  /** Those found so far. */
  readonly all: ExperimentError[] = [];

  /** Does something; what it cannot do becomes a fault, and the result undefined. */
  attempt<Result>(act: () => Result): Result | undefined {
    try {
      return act();
    } catch (error) {
      this.#keep(error);
      return undefined;
    }
  }

  /** The same of what takes time. */
  async attemptLong<Result>(
    act: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await act();
    } catch (error) {
      this.#keep(error);
      return undefined;
    }
  }

  /** Adds one. */
  add(
    message: string,
    details: { readonly where: string; readonly fix: string },
  ): void {
    this.all.push(new ExperimentError(message, details));
  }

  /** Throws all of them, if there is any. */
  throwIfAny(): void {
    if (this.all.length > 0) throw new ExperimentFaults(this.all);
  }

  #keep(error: unknown): void {
    if (!(error instanceof ExperimentError)) throw error;
    this.all.push(
      ...error instanceof ExperimentFaults ? error.faults : [error],
    );
  }
}
