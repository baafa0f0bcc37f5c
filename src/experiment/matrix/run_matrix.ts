import { ExperimentError, RunError } from "@/core/mod.ts";
import {
  describeCode,
  foremostRun,
  openRecords,
  type Records,
  type Run,
  type RunState,
  type Variant,
  variantText,
} from "@/record/mod.ts";
import { writeMatrixReport } from "../run/report.ts";
import { continueRun, type Given, startRun } from "../run/run.ts";
import type { RunContext } from "../run/types.ts";
import {
  type Matrix,
  matrixRecord,
  type MatrixVariant,
} from "./plan_matrix.ts";
import { SameData } from "./same_data.ts";

/** What came of running a matrix. */
export interface MatrixOutcome {
  /** Variants that could not be carried to their end. */
  readonly failed: readonly FailedVariant[];
  /** Variants that other processes are running. */
  readonly elsewhere: readonly Variant[];
  /** Whether the user stopped it. */
  readonly isInterrupted: boolean;
}

/** A variant that could not be carried to its end. */
export interface FailedVariant {
  /** Its place. */
  readonly values: Variant;
  /** Why. */
  readonly error: ExperimentError;
}

/**
 * Runs some variants of a matrix, one after the other: goes on with those that
 * were cut, starts those that are missing, and leaves those that have a
 * finished run of the same plan and data, or that another process is running.
 * One that fails does not stop the others. At the end, writes the report over
 * all variants.
 *
 * @throws {ExperimentError} If the records cannot be opened.
 * @throws {RunError} If the report cannot be written.
 */
export async function runMatrix(
  matrix: Matrix,
  chosen: readonly MatrixVariant[],
  given: Given,
  context: RunContext,
): Promise<MatrixOutcome> {
  const { signal, print } = context;
  using records = openRecords(context.resultsFolder);
  const record = matrixRecord(matrix);
  records.recordMatrix(record);
  const left = new Todo(chosen, records, new SameData(context));
  const before = await left.standings();
  print(headOf(matrix, before));
  tellReused(before, context);

  const failed: FailedVariant[] = [];
  while (!signal.aborted) {
    const next = await left.next();
    if (!next) break;
    const { variant, run } = next;
    const place = record.variants.findIndex(({ planHash }) =>
      planHash === variant.plan.hash
    );
    const progress = `[${place + 1}/${record.variants.length}]`;
    print(`\n${progress} ${variantText(variant.values)}`);
    try {
      await carryOut(variant, run, given, context);
    } catch (error) {
      if (signal.aborted && error === signal.reason) break;
      if (!(error instanceof ExperimentError)) throw error;
      if (!(error instanceof RunError) && await left.isTaken(next)) {
        print("Another process has just taken it");
        continue;
      }
      left.drop(variant);
      failed.push({ values: variant.values, error });
      print(`${error}`);
    }
  }
  if (signal.aborted) return { failed, elsewhere: [], isInterrupted: true };
  const { spec } = matrix.variants[0]!.plan;
  if (spec.report.atEnd) {
    print(`\nReport: ${writeMatrixReport(records, record, spec)}`);
  }
  const elsewhere = (await left.standings())
    .filter(({ run }) => run?.state === "running")
    .map(({ variant }) => variant.values);
  return { failed, elsewhere, isInterrupted: false };
}

/** Goes on with the run of a variant, or starts one, which trains or only measures. */
async function carryOut(
  { plan: { spec }, values }: MatrixVariant,
  run: Run | null,
  given: Given,
  context: RunContext,
): Promise<Run> {
  return run
    ? await continueRun(run.id, "last", context)
    : await startRun(spec, { ...given, variant: values }, context);
}

/** A variant and the run that stands for it. */
interface Standing {
  readonly variant: MatrixVariant;
  readonly run: Run | null;
  /** Whether there is none, but one that has trained the same. */
  readonly isTrained: boolean;
}

/** What to do first: what was cut, what is missing, what ended badly before. */
const order: Readonly<Record<RunState | "missing", number>> = {
  interrupted: 0,
  missing: 1,
  crashed: 2,
  failed: 2,
  running: Infinity,
  finished: Infinity,
};

/** Variants to look after; what the records say of them changes as others run. */
class Todo {
  readonly #variants: Set<MatrixVariant>;
  readonly #records: Records;
  readonly #sameData: SameData;

  constructor(
    variants: readonly MatrixVariant[],
    records: Records,
    sameData: SameData,
  ) {
    this.#variants = new Set(variants);
    this.#records = records;
    this.#sameData = sameData;
  }

  /** Where every variant stands at this moment. */
  async standings(): Promise<Standing[]> {
    const standings: Standing[] = [];
    for (const variant of this.#variants) {
      const run = await this.#runOf(variant);
      const isTrained = run === null && await this.#isTrained(variant);
      standings.push({ variant, run, isTrained });
    }
    return standings;
  }

  /** The one to run next, or undefined if there is nothing to do for us. */
  async next(): Promise<Standing | undefined> {
    const rank = ({ run }: Standing) => order[run?.state ?? "missing"];
    const [next] = (await this.standings())
      .filter((standing) => rank(standing) < Infinity)
      .toSorted((a, b) => rank(a) - rank(b));
    return next;
  }

  /** Whether another process has taken a variant that could not begin here. */
  async isTaken({ variant, run }: Standing): Promise<boolean> {
    const now = await this.#runOf(variant);
    return now !== null && now.state !== "failed" &&
      (order[now.state] === Infinity || now.id !== run?.id);
  }

  /** Gives a variant up. */
  drop(variant: MatrixVariant): void {
    this.#variants.delete(variant);
  }

  async #runOf({ plan: { hash, spec } }: MatrixVariant): Promise<Run | null> {
    const runs = this.#records.runs({ planHash: hash });
    return foremostRun(await this.#sameData.of(runs, spec));
  }

  /** Whether a finished training of a variant is only to be measured anew. */
  async #isTrained(
    { plan: { trainingHash, spec } }: MatrixVariant,
  ): Promise<boolean> {
    const runs = this.#records.runs({ trainingHash, state: "finished" });
    return (await this.#sameData.of(runs, spec, { toTrain: true })).length > 0;
  }
}

/** What there is to do: `table: 12 variants of loss × seed, 3 finished, …`. */
function headOf(
  { name, axes, variants }: Matrix,
  standings: readonly Standing[],
): string {
  const states = Map.groupBy(
    standings,
    ({ run, isTrained }) =>
      run?.state ?? (isTrained ? "to measure anew" : "to run"),
  );
  const all = variants.length;
  const chosen = standings.length;
  return `${name}: ${
    chosen === all ? all : `${chosen} of ${all}`
  } variants of ` +
    axes.map(({ name }) => name).join(" × ") +
    [...states].map(([state, of]) => `, ${of.length} ${state}`).join("");
}

/** Says which runs count as done, and whether the code was another. */
function tellReused(standings: readonly Standing[], context: RunContext): void {
  const done = standings.filter(({ run }) => run?.state === "finished");
  if (done.length === 0) return;
  const now = describeCode(context.projectFolder);
  for (const { variant, run } of done) {
    const was = run!.environment;
    const isOther = was.commit !== now.commit ||
      was.dirtyDiff !== now.dirtyDiff;
    const code = was.commit?.slice(0, 7) ?? "unknown";
    context.print(
      `Finished before: ${variantText(variant.values)} is ${run!.id}` +
        (isOther ? `, by other code (${code})` : ""),
    );
  }
}
