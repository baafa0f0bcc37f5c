import type {
  Cell,
  Named,
  Records,
  RunBrief,
  RunSummary,
  Selected,
  Variant,
} from "@/record/mod.ts";
import { type Asked, chooseRuns, type Chosen } from "./_choose.ts";
import { cellText, cellValue, headOf } from "./_run_cells.ts";
import { table } from "./_text.ts";

/** What a list is to show. */
export interface Shown extends Asked, Chosen {
  /** Names of columns; none for the usual ones. */
  readonly columns: readonly string[];
}

/** A line of the list: a run, or a variant that has none yet. */
export interface Listed {
  readonly run: RunSummary | null;
  /** Its place in a matrix. */
  readonly variant: Variant | null;
}

/** The lines of a list, and what names mean of their runs. */
export interface Listing {
  readonly lines: readonly Listed[];
  readonly values: Selected["values"];
}

/** A run in brief, and what people say of it. */
export interface ListedJson extends RunBrief {
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** How far it has come; null of one that finished. */
  readonly progress: RunSummary["progress"];
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly group: string | null;
  readonly archivedAt: string | null;
  /** What was asked for by `--columns`. */
  readonly columns?: Readonly<Record<string, Cell>>;
}

/** Scores shown of each run, at least: what ranks them, then the foremost. */
const leastShown = 2;

/** The lines of a list: of a matrix, one for each variant. */
export async function listingOf(
  records: Records,
  shown: Shown,
): Promise<Listing> {
  const [name] = shown.names;
  const matrix = name === undefined ? null : records.matrix(name);
  if (matrix && !shown.deleted) {
    const { matrixRuns } = await import("@/record/mod.ts");
    const ids = matrixRuns(records, matrix).map((run) => run?.id ?? null);
    const names = ids.filter((id) => id !== null);
    const { runs, values } = await chooseRuns(records, { ...shown, names });
    const isRestricted = [shown.where, shown.state, shown.since, shown.sort]
      .some((value) => value !== undefined);
    const lines = isRestricted || names.length === 0
      ? runs.filter(({ id }) => names.includes(id)).map(lineOf)
      : matrix.variants.map(({ values: variant }, i) => ({
        run: runs.find(({ id }) => id === ids[i]) ?? null,
        variant,
      }));
    return { lines, values };
  }
  const ofExperiment = name === undefined || shown.deleted
    ? []
    : records.runs({ experiment: name }).map(({ id }) => id);
  const { runs, values } = await chooseRuns(records, {
    ...shown,
    names: ofExperiment.length > 0 ? ofExperiment : shown.names,
  });
  return { lines: runs.map(lineOf), values };
}

function lineOf(run: RunSummary): Listed {
  return { run, variant: run.variant };
}

/** A list for people; there is at least one line. */
export async function listText(
  { lines, values }: Listing,
  { columns }: Pick<Shown, "columns">,
): Promise<string> {
  const names = columns.length > 0
    ? ["run", ...columns.filter((key) => key !== "run")]
    : await usualColumns(lines);
  const named = names.map((name) => values.find(name, `--columns ${name}`));
  const rows = lines.map((line) => named.map((one) => textOfLine(one, line)));
  const heads = names.map((name, i) => headOf(name, named[i]!));
  return table([await Promise.all(heads), ...rows]);
}

/** Of a variant without a run, its place and that it has none. */
function textOfLine(named: Named, { run, variant }: Listed): string {
  if (run) return cellText(named, run);
  const ofVariant: Readonly<Record<string, string>> = {
    variant: Object.values(variant!).join(" · "),
    state: "not run",
  };
  return ofVariant[named.column?.key ?? ""] ?? "–";
}

/** Those that say something of some lines, then the scores. */
async function usualColumns(
  lines: readonly Listed[],
): Promise<readonly string[]> {
  const { foremostNames } = await import("@/metric/mod.ts");
  const { commonRanking } = await import("@/record/mod.ts");
  const runs = lines.flatMap(({ run }) => run ?? []);
  const rankings = new Set(runs.map(({ ranking }) => ranking.name));
  const foremost = foremostNames(commonRanking(runs), leastShown);
  const scores = [...new Set([...rankings, ...foremost])]
    .slice(0, Math.max(leastShown, rankings.size));
  const ifAny = (name: string, has: (line: Listed) => boolean) =>
    lines.some(has) ? [name] : [];
  return [
    "run",
    "experiment",
    ...ifAny("variant", ({ variant }) => variant !== null),
    "state",
    ...ifAny("progress", ({ run }) => run?.state === "running"),
    "seed",
    "started",
    ...scores,
    ...ifAny("tag", ({ run }) => (run?.tags.length ?? 0) > 0),
    ...ifAny("note", ({ run }) => (run?.note ?? null) !== null),
    ...ifAny("group", ({ run }) => (run?.group ?? null) !== null),
  ];
}

/** A list for programs. */
export async function listJson(
  records: Records,
  { lines, values }: Listing,
  { columns }: Pick<Shown, "columns">,
): Promise<readonly ListedJson[]> {
  const { runBrief } = await import("@/record/mod.ts");
  const named = columns.map((name) =>
    [name, values.find(name, `--columns ${name}`)] as const
  );
  return lines.flatMap(({ run }) => {
    if (!run) return [];
    const { startedAt, finishedAt, progress, tags, note, group, archivedAt } =
      run;
    const cells = named.map(([name, one]) => [name, cellValue(one, run)]);
    return [{
      ...runBrief(run, records.collection.lastMetrics(run)),
      ...{ startedAt, finishedAt, progress, tags, note, group, archivedAt },
      ...named.length > 0 && { columns: Object.fromEntries(cells) },
    }];
  });
}
