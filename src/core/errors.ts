/** What every {@linkcode ExperimentError} carries besides its sentence. */
export interface ErrorDetails {
  /** Where it happened, from the outside in: a file, a line, an option path. */
  readonly where: string;
  /** What the reader can do about it, in the imperative. */
  readonly fix: string;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * A failure the user can act on: what happened, where, and how to fix it.
 * The command line prints it and exits with code 2.
 */
export class ExperimentError extends Error {
  /** Its kind, as traces show it. */
  override readonly name: string = "ExperimentError";
  /** Where it happened, from the outside in. */
  readonly where: string;
  /** What the reader can do about it, in the imperative. */
  readonly fix: string;

  /** Creates the error from its sentence and its details. */
  constructor(message: string, { where, fix, cause }: ErrorDetails) {
    super(message, { cause });
    this.where = where;
    this.fix = fix;
  }

  /** The three lines a terminal shows. */
  override toString(): string {
    return `${this.message}\n  at   ${this.where}\n  fix  ${this.fix}`;
  }
}

/** Several faults found in one look, reported together. */
export class ExperimentFaults extends ExperimentError {
  /** Its kind, as traces show it. */
  override readonly name = "ExperimentFaults";
  /** Every fault, in the order of its place. */
  readonly faults: readonly ExperimentError[];

  /** Joins at least one fault. */
  constructor(faults: readonly ExperimentError[]) {
    const [first, ...more] = faults;
    if (!first) throw new TypeError("Cannot report faults: there is none");
    super(
      more.length === 0
        ? first.message
        : `${first.message} (and ${more.length} more)`,
      { where: first.where, fix: first.fix, cause: first.cause },
    );
    this.faults = faults;
  }

  /** Every fault, a blank line between two. */
  override toString(): string {
    return this.faults.map((fault) => fault.toString()).join("\n\n");
  }
}

/** That something is not here, or not yet; a plan can do without it, a run cannot. */
export class NotAtHand extends ExperimentError {}

/** A run that could not be carried to its end; the command line exits with code 1. */
export class RunError extends ExperimentError {
  /** Its kind, as traces show it. */
  override readonly name = "RunError";
}
