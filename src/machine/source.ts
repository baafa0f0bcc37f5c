/** Names of numbers that tell of the machine begin so; they differ from run to run. */
export const machinePrefix = "system.";

/** A number that tells what the machine does while a run goes on. */
export interface MachineNumber {
  /** What records call it; its end is its unit. */
  readonly name: `${typeof machinePrefix}${string}`;
  /** What readers call it. */
  readonly label: string;
  /** Its unit as readers see it. */
  readonly unit: string;
  /** What it is, in one line. */
  readonly summary: string;
  /**
   * What is kept of many readings: the mean or the highest of a stretch of the
   * run; or of all of it so far, the highest (`peak`) or their sum (`total`).
   */
  readonly kept: "mean" | "highest" | "peak" | "total";
}

/** What a run uses of the machine. */
export interface Watched {
  /** Cards that compute, the first of those it may see; 0 where the processor does. */
  readonly cards: number;
  /** A folder on the disk that it writes to. */
  readonly folder: string;
}

/** A source that is being read. */
export interface OpenSource extends Disposable {
  /**
   * The numbers now, by name; what it is not told is left out.
   *
   * @throws {Error} If it can be read no more.
   */
  read(): Readonly<Record<string, number>>;
}

/** Something that tells of the machine. */
export interface MachineSource {
  /** What it is called, such as `disk`. */
  readonly name: string;
  /** The numbers it can tell. */
  readonly numbers: readonly MachineNumber[];
  /** Whether it tells of cards alone, which not every run has. */
  readonly isOfCards?: true;
  /**
   * Begins to read it; null where the run uses nothing of the kind.
   *
   * @throws {Error} If it cannot be read here; its message says why.
   */
  open(watched: Watched): OpenSource | null;
}
