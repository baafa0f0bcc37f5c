import { firstKey, optionPaths, optionValues } from "./_option_values.ts";
import { unknownName } from "./_fault.ts";
import { type RunColumn, runColumns } from "./columns.ts";
import type { RunSummary } from "./run_summary.ts";
import type { SummaryTable } from "../table/summaries.ts";

/** What a name stands for in every run. */
export interface Named {
  /** What a run has of it; nothing, one value, or several of a list. */
  of(run: RunSummary): readonly unknown[];
  /** The column, if it is one. */
  readonly column: RunColumn | null;
  /** Whether it holds numbers alone. */
  readonly isNumber: boolean;
  /** All that it can be, if that is known. */
  readonly words: readonly string[] | null;
}

/**
 * What names mean of runs: a column (`state`, `tag`), the value on an axis of a
 * matrix (`variant.loss`), a number at its last step (`ap` is that of the best
 * weights on validation, else of the last ones; `test/ap` and `train/loss` are
 * exact), or an option of the plan (`train.batch`, `augment.elastic`).
 */
export class RunValues {
  readonly #table: SummaryTable;
  readonly #knows: (name: string) => boolean;
  readonly #named = new Map<string, Named>();
  #series: ReadonlySet<string> | undefined;

  /** Takes what the runs are read by, and what names they may lack. */
  constructor(table: SummaryTable, knows: (name: string) => boolean) {
    this.#table = table;
    this.#knows = knows;
  }

  /**
   * What a name means.
   *
   * @throws {ExperimentError} If no run has anything of that name.
   */
  find(name: string, where: string): Named {
    const known = this.#named.get(name);
    if (known) return known;
    const found = this.#column(name) ?? this.#axis(name) ??
      this.#number(name) ?? this.#option(name) ??
      (this.#knows(name) ? plain(() => []) : undefined);
    if (!found) {
      throw unknownName(name, { where, known: this.#known() });
    }
    this.#named.set(name, found);
    return found;
  }

  /** Every series that runs have, as `split/name`. */
  get series(): ReadonlySet<string> {
    return this.#series ??= new Set(this.#table.series());
  }

  #column(name: string): Named | undefined {
    const column = runColumns.find(({ key }) => key === name);
    return column && {
      of: (run) => [column.of(run)].flat().filter((value) => value !== null),
      column,
      isNumber: column.isNumber ?? false,
      words: column.words ?? null,
    };
  }

  #axis(name: string): Named | undefined {
    const axis = /^variant\.(.+)$/s.exec(name)?.[1];
    return axis === undefined || !this.#table.axes().includes(axis)
      ? undefined
      : plain(({ variant }) =>
        variant && Object.hasOwn(variant, axis) ? [variant[axis]] : []
      );
  }

  #number(name: string): Named | undefined {
    const isExact = /^(train|validation|test)\//.test(name);
    const names =
      (isExact ? [name] : [`validation/best.${name}`, `validation/${name}`])
        .filter((one) => this.series.has(one));
    if (names.length === 0) return undefined;
    const columns = names.map((one) => {
      const [split, ...rest] = one.split("/");
      return this.#table.lastMetric(split!, rest.join("/"));
    });
    return {
      of({ number }) {
        const has = columns.find((values) => values.has(number));
        return has ? [has.get(number)!] : [];
      },
      column: null,
      isNumber: true,
      words: null,
    };
  }

  #option(name: string): Named | undefined {
    const key = firstKey(name);
    const options = this.#table.option(key);
    const found = new Map<unknown, readonly unknown[]>();
    for (const value of new Set(options.values())) {
      const values = value === undefined
        ? []
        : optionValues({ [key]: value }, name);
      if (values.length > 0) found.set(value, values);
    }
    return found.size === 0
      ? undefined
      : plain(({ number }) => found.get(options.get(number)) ?? []);
  }

  #known(): readonly string[] {
    const short = [...this.series].map((name) =>
      name.replace(/^validation\/(best\.)?/, "")
    );
    return [
      ...runColumns.map(({ key }) => key),
      ...this.#table.axes().map((axis) => `variant.${axis}`),
      ...short,
      ...optionPaths(this.#table.newestOptions()),
    ];
  }
}

function plain(of: Named["of"]): Named {
  return { of, column: null, isNumber: false, words: null };
}
