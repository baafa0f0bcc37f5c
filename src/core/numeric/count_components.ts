import { Forest } from "./_forest.ts";

/** Voxels from `start` to `end`, excluded, along a row, of one component. */
interface Run {
  readonly start: number;
  readonly end: number;
  label: number;
}

/** The rows of a section as the runs in them. */
type Rows = readonly (readonly Run[])[];

/**
 * Counts the connected components of a mask that comes row by row, as
 * `labelComponents` counts those of a whole one where corners connect. It keeps
 * the runs of two sections, whatever their size.
 */
export class ComponentCounter {
  readonly #height: number;
  #below: Rows = [];
  #rows: Run[][] = [];
  #forest = new Forest();
  /** Components that reach the section below; their labels are 1, 2, … */
  #reaching = 0;
  #count = 0;

  /** Counts in sections of so many rows. */
  constructor(height: number) {
    this.#height = height;
  }

  /** How many components the sections have that are complete. */
  get count(): number {
    return this.#count;
  }

  /** Adds the next row. */
  add(row: Uint8Array): void {
    const y = this.#rows.length;
    const before = [
      this.#rows[y - 1],
      this.#below[y - 1],
      this.#below[y],
      this.#below[y + 1],
    ].filter((runs) => runs !== undefined && runs.length > 0) as Rows;
    const runs = runsOf(row);
    for (const other of before) this.#join(runs, other);
    for (const run of runs) run.label ||= this.#forest.plant();
    if (this.#rows.push(runs) === this.#height) this.#finishSection();
  }

  /** Gives each run the label of those that touch it; both in rising order. */
  #join(runs: readonly Run[], others: readonly Run[]): void {
    let first = 0;
    for (const run of runs) {
      while (first < others.length && others[first]!.end < run.start) first++;
      for (let k = first; k < others.length; k++) {
        const { start, label } = others[k]!;
        if (start > run.end) break;
        if (run.label === label) continue;
        run.label = run.label === 0
          ? label
          : this.#forest.join(run.label, label);
      }
    }
  }

  /** Numbers anew what reaches this section; nothing later touches the rest. */
  #finishSection(): void {
    const { numbers, count } = this.#forest.number();
    this.#count += count - this.#reaching; // those that are new, less those joined
    const anew = new Map<number, number>();
    const forest = new Forest();
    for (const run of this.#rows.flat()) {
      const number = numbers[run.label]!;
      if (!anew.has(number)) anew.set(number, forest.plant());
      run.label = anew.get(number)!;
    }
    this.#below = this.#rows;
    this.#rows = [];
    this.#forest = forest;
    this.#reaching = anew.size;
  }
}

/** The runs of voxels that are not 0, from left to right. */
function runsOf(row: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let start = row.indexOf(1); start !== -1;) {
    const zero = row.indexOf(0, start);
    const end = zero === -1 ? row.length : zero;
    runs.push({ start, end, label: 0 });
    start = row.indexOf(1, end);
  }
  return runs;
}
