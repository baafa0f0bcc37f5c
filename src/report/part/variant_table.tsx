import type { VNode } from "preact";
import { formatNumber } from "../format.ts";
import {
  factsOf,
  type Page,
  type PageMatrix,
  type PageRun,
  type VolumeScores,
} from "../page.ts";
import { spreadOf } from "../spread.ts";
import { axesOf, type VariantGroup } from "../variants.ts";
import { type Column, ColumnHead, isBetter } from "./columns.tsx";
import { MeanCell } from "./mean_cell.tsx";
import { RunKey } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { Dots, type Range, rangeOf } from "./strip.tsx";
import { TableBox } from "./table_box.tsx";
import { VariantHead, VariantName } from "./variant_name.tsx";

/** A metric of a group's finished runs on a volume, by seed. */
export function valuesOf(
  { bySeed }: VariantGroup<PageRun | null>,
  { volume: { scores }, metric }: {
    readonly volume: VolumeScores;
    readonly metric: string;
  },
): ReadonlyMap<string, number> {
  return new Map(
    [...bySeed].flatMap(([seed, run]) => {
      if (run?.run.state !== "finished") return [];
      const score = scores.find((score) => score.run === run);
      const value = score?.metrics[metric];
      return typeof value === "number" && Number.isFinite(value)
        ? [[seed, value] as const]
        : [];
    }),
  );
}

/** Every variant over its seeds: axes, runs, then the metrics, what ranks drawn. */
export function VariantTable(
  { page, matrix, volume, columns }: {
    page: Page;
    matrix: PageMatrix;
    volume: VolumeScores;
    columns: readonly Column[];
  },
): VNode {
  const axes = axesOf(matrix.record);
  const first = columns.find(({ name }) => name === page.ranking.name) ??
    columns[0];
  const all = matrix.groups.flatMap((group) =>
    first ? [...valuesOf(group, { volume, metric: first.name }).values()] : []
  );
  const darkness = first && volume.baseline?.[first.name];
  const tick = typeof darkness === "number" ? darkness : null;
  const range = all.length > 0 ? rangeOf(all) : null;
  const best = new Map(
    columns.map(({ name }) => [name, bestMean(page, matrix, volume, name)]),
  );
  return (
    <TableBox
      label="Variants"
      isLong={matrix.groups.length >= manyVariants}
      hasMore={columns.some(({ isMore }) => isMore)}
    >
      <table class="ablation sortable">
        <caption class="hidden">Variants over their seeds</caption>
        <thead>
          <tr>
            <VariantHead axes={axes} />
            <SortHead sorting={{ by: "number" }}>Seeds</SortHead>
            {first && range && <RangeHead column={first} range={range} />}
            {columns.map((column) => (
              <ColumnHead key={column.name} {...column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.groups.map((group) => (
            <tr data-group={groupOf(group)}>
              <VariantName group={group} axes={axes} />
              <Seeds group={group} />
              {first && range && (
                <DotsCell
                  values={[
                    ...valuesOf(group, { volume, metric: first.name }).values(),
                  ]}
                  tick={tick}
                  range={range}
                  group={group}
                />
              )}
              {columns.map((column) => {
                const values = [
                  ...valuesOf(group, { volume, metric: column.name }).values(),
                ];
                const isBest = best.get(column.name) === group;
                return (
                  <MeanCell
                    key={column.name}
                    spread={values.length > 0 ? spreadOf(values) : null}
                    column={column}
                    isBest={isBest}
                    title={isBest ? "best mean of these variants" : undefined}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

/** From so many variants on, the table scrolls by itself. */
const manyVariants = 13;

/** The head of the drawing: the ends of its scale. */
function RangeHead(
  { column: { label, facts }, range: [low, high] }: {
    column: Column;
    range: Range;
  },
): VNode {
  return (
    <th scope="col" class="strip-column no-copy">
      <span class="strip-scale">
        <span>{formatNumber(low, facts.unit)}</span>
        <span>{label}</span>
        <span>{formatNumber(high, facts.unit)}</span>
      </span>
    </th>
  );
}

/** The look of a group's runs; of one that was not run, nothing. */
export function GroupKey(
  { group }: { group: VariantGroup<PageRun | null> },
): VNode | null {
  const run = runOf(group);
  return run ? <RunKey run={run} /> : null;
}

/** A group's number; undefined without a run. */
export function groupOf(
  group: VariantGroup<PageRun | null>,
): number | undefined {
  return runOf(group)?.group;
}

/** The first run that there is of a group. */
function runOf({ bySeed }: VariantGroup<PageRun | null>): PageRun | null {
  return [...bySeed.values()].find((run) => run !== null) ?? null;
}

function Seeds({ group }: { group: VariantGroup<PageRun | null> }): VNode {
  const members = [...group.bySeed];
  const open = members.filter(([, run]) => run?.run.state !== "finished");
  const states = open.map(([seed, run]) =>
    `${seed === "" ? "" : `seed ${seed} `}${run?.run.state ?? "not run"}`
  );
  return (
    <td
      class="number"
      title={states.join(", ") || undefined}
      data-value={members.length - open.length}
    >
      {open.length === 0
        ? members.length
        : `${members.length - open.length} of ${members.length}`}
    </td>
  );
}

function DotsCell(
  { values, tick, range, group }: {
    values: readonly number[];
    tick: number | null;
    range: Range;
    group: VariantGroup<PageRun | null>;
  },
): VNode {
  if (values.length === 0) return <td class="strip-column no-copy muted">–</td>;
  const run = runOf(group)!;
  return (
    <td class="strip-column no-copy">
      <Dots
        class={`run-${run.colour}`}
        values={values}
        mean={spreadOf(values).mean}
        tick={tick}
        range={range}
      />
    </td>
  );
}

/** The group of the best mean, if a metric has a direction and groups differ. */
function bestMean(
  page: Page,
  { groups }: PageMatrix,
  volume: VolumeScores,
  metric: string,
): VariantGroup<PageRun | null> | null {
  const facts = factsOf(page, metric);
  const means = groups.flatMap((group) => {
    const values = [...valuesOf(group, { volume, metric }).values()];
    return values.length > 0 ? [{ group, mean: spreadOf(values).mean }] : [];
  });
  if (new Set(means.map(({ mean }) => mean)).size < 2) return null;
  if (facts.better === "neither") return null;
  return means.reduce((best, one) =>
    isBetter(one.mean, best.mean, facts) ? one : best
  ).group;
}
