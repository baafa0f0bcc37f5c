import type {
  MachineNumber,
  MachineSource,
  OpenSource,
  Watched,
} from "./source.ts";

/** Something that is not read, and why. */
export interface Unread {
  /** The source, or the number of one that tells others. */
  readonly what: string;
  /** Why. */
  readonly why: string;
}

/** What has come together of a number. */
interface Kept {
  readonly number: MachineNumber;
  isTold: boolean;
  sum: number;
  count: number;
  highest: number;
}

/** Reads everything that tells of the machine, and keeps what its readings come to. */
export class MachineWatch implements Disposable {
  readonly #open = new Map<MachineSource, OpenSource>();
  readonly #kept = new Map<string, Kept>();
  readonly #unread: Unread[] = [];

  /**
   * Opens what can be read here. `before` is what the run came to before, if it
   * goes on: its peaks and totals go on from there.
   */
  constructor(
    sources: readonly MachineSource[],
    watched: Watched,
    before: Readonly<Record<string, number>> = {},
  ) {
    for (const source of sources) {
      try {
        const open = source.open(watched);
        if (open) this.#open.set(source, open);
      } catch (error) {
        this.#leaveOut(source, error);
      }
      for (const number of source.numbers) {
        const { name, kept } = number, past = before[name];
        this.#kept.set(name, {
          ...{ number, isTold: false, count: 0 },
          sum: kept === "total" ? past ?? 0 : 0,
          highest: kept === "peak" ? past ?? -Infinity : -Infinity,
        });
      }
    }
  }

  /** What is not read, and why; known of single numbers once they were. */
  get unread(): readonly Unread[] {
    const untold = [...this.#open.keys()].flatMap(({ numbers }) => numbers)
      .filter(({ name }) => !this.#kept.get(name)!.isTold);
    return [
      ...this.#unread,
      ...untold.map(({ label }) => ({ what: label, why: "it is not told" })),
    ];
  }

  /** Reads all once; a source that fails is not asked again. */
  read(): void {
    for (const [source, open] of this.#open) {
      try {
        for (const [name, value] of Object.entries(open.read())) {
          const kept = this.#kept.get(name)!;
          kept.isTold = true;
          kept.sum += value;
          kept.count++;
          kept.highest = Math.max(kept.highest, value);
        }
      } catch (error) {
        this.#close(source, open);
        this.#leaveOut(source, error);
      }
    }
  }

  /** What the readings since the last call came to; peaks and totals of the whole run. */
  take(): Readonly<Record<string, number>> {
    const taken: Record<string, number> = {};
    for (const [name, kept] of this.#kept) {
      if (kept.count === 0) continue;
      taken[name] = {
        mean: kept.sum / kept.count,
        highest: kept.highest,
        peak: kept.highest,
        total: kept.sum,
      }[kept.number.kept];
      kept.count = 0;
      if (kept.number.kept === "mean") kept.sum = 0;
      if (kept.number.kept === "highest") kept.highest = -Infinity;
    }
    return taken;
  }

  /** Closes every source. */
  [Symbol.dispose](): void {
    for (const [source, open] of this.#open) this.#close(source, open);
  }

  #close(source: MachineSource, open: OpenSource): void {
    this.#open.delete(source);
    open[Symbol.dispose]();
  }

  #leaveOut({ name }: MachineSource, error: unknown): void {
    this.#unread.push({
      what: name,
      why: error instanceof Error ? error.message : String(error),
    });
  }
}
