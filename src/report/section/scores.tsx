import type { VNode } from "preact";
import { flag } from "@/core/mod.ts";
import { formatNumber, plural } from "../format.ts";
import { metricLabel } from "../metric_label.ts";
import {
  type Page,
  type PageRun,
  shareOf,
  type VolumeScores,
} from "../page.ts";
import {
  type Column,
  ColumnHead,
  columnsOf,
  Direction,
  isBetter,
} from "../part/columns.tsx";
import { RunKey } from "../part/run_name.tsx";
import { Scroll } from "../part/scroll.tsx";
import { SpreadText } from "../part/spread_text.tsx";
import { byRanking } from "../ranking.ts";
import { overSeeds, type SeedGroup } from "../seeds.ts";
import { defineSection } from "./_section.ts";

/** Every metric of every run by volume, beside "dark is cleft". */
export const scores = defineSection({
  name: "scores",
  summary: "Best runs first, with the darkness baseline and means over seeds",
  options: {
    seeds: flag(true, "mean and deviation over the seeds of one plan"),
  },
  create: ({ seeds }) => ({
    id: "scores",
    title: "Best scores",
    render: (page) =>
      page.volumes.length === 0 ? null : (
        <>
          {page.volumes.map((volume) => (
            <Volume page={page} volume={volume} seeds={seeds} />
          ))}
        </>
      ),
  }),
});

function Volume(
  { page, volume, seeds }: {
    page: Page;
    volume: VolumeScores;
    seeds: boolean;
  },
): VNode {
  const columns = columnsOf(page, volume);
  // Of a matrix, the ablation tells the means over seeds.
  const groups = seeds && !page.matrix
    ? overSeeds(volume.scores, page.ranking)
    : [];
  return (
    <div class="volume">
      <h3>
        {metricLabel(volume.split)}
        {volume.volume === null
          ? <span class="muted">during training, at each run’s best step</span>
          : <code>{volume.volume}</code>}
      </h3>
      {groups.length > 0 &&
        <Seeds page={page} groups={groups} columns={columns} />}
      <Scroll label="Scores" isLong={volume.scores.length > 12}>
        <table class="scores sortable">
          <caption class="hidden">
            Scores on {volume.split} {volume.volume ?? "during training"}
          </caption>
          <thead>
            <tr>
              <th scope="col" data-sort="text">
                <button type="button">Run</button>
              </th>
              <th scope="col" class="number" data-sort="number">
                <button type="button">Step</button>
              </th>
              {columns.map((column) => (
                <th
                  scope="col"
                  class="number"
                  data-sort="number"
                  data-first={column.facts.better === "lower"
                    ? "ascending"
                    : "descending"}
                  aria-sort={column.name !== page.ranking.name
                    ? undefined
                    : page.ranking.better === "lower"
                    ? "ascending"
                    : "descending"}
                  title={column.facts.summary || undefined}
                >
                  <button type="button">
                    {column.label}
                    <Direction facts={column.facts} />
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(page, volume).map((row) => (
              <Row page={page} row={row} columns={columns} volume={volume} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

/** A line of the table: a run, or the baseline. */
interface TableRow {
  readonly run: PageRun | null;
  readonly step: number | null;
  readonly metrics: Readonly<Record<string, number | null>>;
}

function rowsOf(
  { ranking }: Page,
  { scores, baseline }: VolumeScores,
): TableRow[] {
  const rows: TableRow[] = [...scores];
  if (!baseline) return rows;
  const compare = byRanking(ranking);
  const line = { run: null, step: null, metrics: baseline };
  const below = rows.findIndex((row) => compare(row, line) > 0);
  rows.splice(below < 0 ? rows.length : below, 0, line);
  return rows;
}

function Row(
  { page, row, columns, volume }: {
    page: Page;
    row: TableRow;
    columns: readonly Column[];
    volume: VolumeScores;
  },
): VNode {
  return (
    <tr
      class={row.run ? undefined : "baseline"}
      data-run={row.run?.index}
    >
      <th scope="row" data-value={row.run?.label ?? "Darkness"}>
        {row.run
          ? (
            <span class="run-name" title={row.run.run.id}>
              <RunKey run={row.run} />
              <span>
                {row.run.label}
                {row.run.run.state !== "finished" &&
                  <small class="muted">{row.run.run.state}</small>}
              </span>
            </span>
          )
          : (
            <span class="run-name">
              <span class="key key-baseline" aria-hidden="true" />
              <span>
                Darkness
                <small class="muted">no learning</small>
              </span>
            </span>
          )}
      </th>
      <td class="number" data-value={row.step ?? undefined}>
        {row.step === null ? "" : formatNumber(row.step)}
      </td>
      {columns.map((column) => (
        <Cell page={page} row={row} column={column} volume={volume} />
      ))}
    </tr>
  );
}

function Cell(
  { page, row, column, volume: { baseline, scores: { length: runs } } }: {
    page: Page;
    row: TableRow;
    column: Column;
    volume: VolumeScores;
  },
): VNode {
  const { name, facts, best } = column;
  const value = row.metrics[name] ?? null;
  const isBest = value !== null && best !== null &&
    (row.run ? value === best && runs > 1 : isBetter(value, best, facts));
  const total = facts.outOf && row.metrics[facts.outOf];
  const shareAt = (one: number | null | undefined) =>
    typeof one === "number" && Number.isFinite(one)
      ? shareOf(one, facts)
      : null;
  const share = name === page.ranking.name ? shareAt(value) : null;
  return (
    <td
      class={isBest ? "number best" : "number"}
      data-value={value !== null && Number.isFinite(value) ? value : undefined}
      title={!isBest
        ? undefined
        : row.run
        ? "best of these runs"
        : "better than every run here"}
    >
      <span>{formatNumber(value, facts.unit)}</span>
      {typeof total === "number" &&
        <span class="muted">/{formatNumber(total)}</span>}
      {share !== null &&
        <Bar value={share} tick={shareAt(baseline?.[name])} />}
    </td>
  );
}

/** A value from 0 to 1 as a bar, a tick where no learning gets. */
function Bar({ value, tick }: { value: number; tick: number | null }): VNode {
  return (
    <svg
      class="bar"
      viewBox="0 0 64 4"
      width="64"
      height="4"
      aria-hidden="true"
    >
      <rect class="bar-track" width="64" height="4" rx="2" />
      <rect
        class="bar-value"
        width={(value * 64).toFixed(1)}
        height="4"
        rx="2"
      />
      {tick !== null &&
        (
          <rect
            class="bar-tick"
            x={(tick * 64 - 0.75).toFixed(2)}
            width="1.5"
            height="4"
          />
        )}
    </svg>
  );
}

function Seeds(
  { page, groups, columns }: {
    page: Page;
    groups: readonly SeedGroup[];
    columns: readonly Column[];
  },
): VNode {
  const shown = columns.filter(({ facts }) => !facts.isSetting);
  return (
    <Scroll label="Over seeds">
      <table class="seeds">
        <caption>
          Over seeds <span class="muted">mean ± standard deviation</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Experiment</th>
            <th scope="col" class="number">Seeds</th>
            {shown.map((column) => (
              <ColumnHead
                key={column.name}
                {...column}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr>
              <th scope="row">
                {page.isColouredByGroup
                  ? (
                    <span class="run-name">
                      <RunKey run={{ ...group.runs[0]!, dash: 0 }} />
                      <span>{group.runs[0]!.run.experiment}</span>
                    </span>
                  )
                  : group.runs[0]!.run.experiment}
              </th>
              <td class="number" title={`seeds ${group.seeds.join(", ")}`}>
                {group.seeds.length}
              </td>
              {shown.map(({ name, facts }) => {
                const spread = group.spread(name);
                return (
                  <td
                    class="number"
                    title={spread && spread.n < group.seeds.length
                      ? `of ${plural(spread.n, "run")}; the others have none`
                      : undefined}
                  >
                    <SpreadText spread={spread} unit={facts.unit} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
