import type { VNode } from "preact";
import { dotsCell } from "../cell/dots_cell.ts";
import { meanCells, seedsCell } from "../cell/mean_cells.ts";
import { type Range, rangeOf } from "../cell/strip_html.ts";
import { formatNumber } from "../format.ts";
import {
  type Page,
  type PageMatrix,
  type PageRun,
  type VolumeScores,
} from "../page.ts";
import { axesOf, type VariantGroup } from "../variants.ts";
import { type Column, ColumnHead } from "./columns.tsx";
import { RunKey } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";
import { TableCell } from "./table_cell.tsx";
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
  const cells = columns.map(({ name, facts, isMore }) =>
    meanCells(
      matrix.groups.map((group) => ({
        values: [...valuesOf(group, { volume, metric: name }).values()],
        runs: finishedOf(group).length,
      })),
      { ...facts, isMore, marksBest: true },
    )
  );
  return (
    <TableBox
      label="Variants"
      isLong={matrix.groups.length >= manyVariants}
      hasMore={columns.some(({ isMore }) => isMore)}
    >
      <table
        class="ablation sortable"
        data-marks-best=""
        data-scale={range && JSON.stringify({ range, tick })}
      >
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
          {matrix.groups.map((group, row) => (
            <tr
              data-group={groupOf(group)}
              data-members={membersOf(group)}
            >
              <VariantName group={group} axes={axes} />
              <Seeds group={group} />
              {first && range && (
                <TableCell
                  metric={first.name}
                  data-name={nameOf(group)}
                  cell={dotsCell(
                    [
                      ...valuesOf(group, { volume, metric: first.name })
                        .values(),
                    ],
                    { name: nameOf(group), range, tick },
                  )}
                />
              )}
              {columns.map(({ name }, column) => (
                <TableCell
                  key={name}
                  metric={name}
                  cell={cells[column]![row]!}
                />
              ))}
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

/** The class that colours what is drawn of a group. */
function nameOf(group: VariantGroup<PageRun | null>): string {
  return `run-${runOf(group)?.colour}`;
}

/** The first run that there is of a group. */
function runOf({ bySeed }: VariantGroup<PageRun | null>): PageRun | null {
  return [...bySeed.values()].find((run) => run !== null) ?? null;
}

/** The runs of a group that have finished. */
function finishedOf(
  { bySeed }: VariantGroup<PageRun | null>,
): readonly PageRun[] {
  return [...bySeed.values()]
    .flatMap((run) => run?.run.state === "finished" ? [run] : []);
}

/** The numbers of a group's runs that have finished, for the page's script. */
function membersOf(group: VariantGroup<PageRun | null>): string {
  return JSON.stringify(finishedOf(group).map(({ index }) => [index]));
}

function Seeds({ group }: { group: VariantGroup<PageRun | null> }): VNode {
  const members = [...group.bySeed];
  const open = members.filter(([, run]) => run?.run.state !== "finished");
  const states = open.map(([seed, run]) =>
    `${seed === "" ? "" : `seed ${seed} `}${run?.run.state ?? "not run"}`
  );
  return (
    <TableCell
      data-all={members.length}
      cell={seedsCell({
        counted: members.length - open.length,
        all: members.length,
        title: states.join(", ") || undefined,
      })}
    />
  );
}
