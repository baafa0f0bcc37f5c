import type { Records } from "@/record/mod.ts";
import type { LiveRun, Show } from "@/report/mod.ts";
import { LiveTable } from "./live_table.ts";

/** The shortest time between two looks. */
const leastWaitMs = 300;

/** A look takes at most this share of the time. */
const mostShare = 0.1;

/** How often to look whether processes live, which nobody writes down. */
const signOfLifeMs = 2000;

/**
 * Follows the records for every page that is open: one look for all of them, and
 * only where somebody has written. Nobody looks while no page is open.
 */
export class Watch implements Disposable {
  readonly #records: Records;
  readonly #isStopping: (id: string) => boolean;
  readonly #tables = new Map<Show, LiveTable>();
  readonly #listeners = new Set<() => void>();
  readonly #onError: (error: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seen: { readonly version: number; readonly atMs: number } | undefined;

  /** Follows some records. */
  constructor(records: Records, { isStopping, onError }: {
    readonly isStopping: (id: string) => boolean;
    readonly onError: (error: unknown) => void;
  }) {
    this.#records = records;
    this.#isStopping = isStopping;
    this.#onError = onError;
  }

  /** The runs that a page lists, as they are now. */
  table(show: Show): LiveTable {
    const known = this.#tables.get(show);
    if (known) {
      this.#look();
      return known;
    }
    const table = new LiveTable(show);
    table.read(this.#records, this.#isStopping);
    this.#tables.set(show, table);
    return table;
  }

  /** A run as it is now; null if there is none, or it was deleted. */
  run(id: string): LiveRun | null {
    return this.table("current").find(id) ?? this.table("archived").find(id);
  }

  /** Calls `listener` whenever something may be otherwise, until what it returns is called. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#wait(leastWaitMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this[Symbol.dispose]();
    };
  }

  /** Looks at once, as we did something ourselves, and tells of it. */
  look(): void {
    this.#seen = undefined;
    this.#look();
  }

  /** Tells everyone that something may be otherwise which no record has. */
  tell(): void {
    for (const listener of this.#listeners) listener();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const fromMs = performance.now();
      try {
        this.#look();
      } catch (error) {
        this.#onError(error);
      }
      const tookMs = performance.now() - fromMs;
      this.#wait(Math.max(leastWaitMs, tookMs / mostShare));
    }, ms);
  }

  /** Reads what changed, if something did, and tells of it. */
  #look(): void {
    const { version } = this.#records;
    const nowMs = performance.now();
    const isNew = version !== this.#seen?.version;
    if (!isNew && nowMs < this.#seen!.atMs + signOfLifeMs) return;
    this.#seen = { version, atMs: nowMs };
    const tables = [...this.#tables.values()];
    const before = tables.map((table) => table.version);
    for (const table of tables) table.read(this.#records, this.#isStopping);
    const isOther = tables.some((table, i) => table.version !== before[i]);
    if (!isNew && !isOther) return;
    this.tell();
  }
}
