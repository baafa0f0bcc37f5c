import type { Records } from "@/record/mod.ts";
import type { LiveRun, Show } from "@/report/mod.ts";
import { LiveTable } from "./live_table.ts";
import { Waiting } from "./waiting.ts";

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
  readonly #waiting: Waiting;
  readonly #tables = new Map<Show, LiveTable>();
  readonly #listeners = new Set<() => void>();
  readonly #onError: (error: unknown) => void;
  readonly #told = new Set<string>();
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
    this.#waiting = new Waiting(records.folder, () => this.look());
  }

  /** The runs that a page lists, as they are now. */
  table(show: Show): LiveTable {
    const known = this.#tables.get(show);
    if (known) {
      this.#look();
      return known;
    }
    const table = new LiveTable(show);
    this.#read(table);
    this.#tables.set(show, table);
    return table;
  }

  /** Why a queue did not answer that runs were handed to; empty if all did. */
  get silence(): string {
    return this.#waiting.silence;
  }

  /** A run as it is now; null if there is none, or it was deleted. */
  run(id: string): LiveRun | null {
    return this.table("current").find(id) ?? this.table("archived").find(id);
  }

  /** Calls `listener` whenever something may be otherwise, until what it returns is called. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#wait(0);
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
    for (const listener of this.#listeners) this.#tried(listener);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      const fromMs = performance.now();
      this.#tried(() => this.#look());
      this.#waiting.ask().catch((error) => this.#complain(error));
      const tookMs = performance.now() - fromMs;
      if (this.#listeners.size === 0) return; // the last one went as it was told
      this.#wait(Math.max(leastWaitMs, tookMs / mostShare));
    }, ms);
  }

  #tried(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#complain(error);
    }
  }

  /** Tells of an error, once. */
  #complain(error: unknown): void {
    if (this.#told.has(`${error}`)) return;
    this.#told.add(`${error}`);
    this.#onError(error);
  }

  #read(table: LiveTable): void {
    const { tasks } = this.#waiting;
    table.read(this.#records, { isStopping: this.#isStopping, tasks });
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
    for (const table of tables) this.#read(table);
    const isOther = tables.some((table, i) => table.version !== before[i]);
    if (!isNew && !isOther) return;
    this.tell();
  }
}
