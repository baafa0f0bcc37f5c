import type { VNode } from "preact";
import { bestMark } from "../cell/best_mark.ts";
import { formatNumber } from "../format.ts";
import { shareOf } from "../facts.ts";
import type { Page, PageRun, VolumeScores } from "../page.ts";
import { byRanking } from "../ranking.ts";
import { Bar } from "./bar.tsx";
import { type Column, ColumnHead } from "./columns.tsx";
import { RunKey } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";

/** The most rows that are seen without scrolling. */
const mostRows = 8;

/** Every run on a volume, best first, and where the darkness baseline stands. */
export function ScoreTable(
  { page, volume, columns }: {
    page: Page;
    volume: VolumeScores;
    columns: readonly Column[];
  },
): VNode {
  const { ranking } = page;
  return (
    <TableBox
      label="Scores"
      isLong={volume.scores.length > mostRows}
      hasMore={columns.some(({ isMore }) => isMore)}
    >
      <table class="scores sortable">
        <caption class="hidden">
          Scores on {volume.split} {volume.volume ?? "during training"}
        </caption>
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Run</SortHead>
            <SortHead sorting={{ by: "number" }} more>Step</SortHead>
            {columns.map((column) => (
              <ColumnHead
                key={column.name}
                {...column}
                now={column.name !== ranking.name
                  ? undefined
                  : ranking.better === "lower"
                  ? "ascending"
                  : "descending"}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(page, volume).map((row) => (
            <Row page={page} row={row} columns={columns} volume={volume} />
          ))}
        </tbody>
      </table>
    </TableBox>
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
      <td class="number is-more" data-value={row.step ?? undefined}>
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
  const { name, facts, best, isMore } = column;
  const value = row.metrics[name] ?? null;
  const mark = bestMark(value, { best, runs, isRun: row.run !== null, facts });
  const total = facts.outOf && row.metrics[facts.outOf];
  const shareAt = (one: number | null | undefined) =>
    typeof one === "number" && Number.isFinite(one)
      ? shareOf(one, facts)
      : null;
  const share = name === page.ranking.name ? shareAt(value) : null;
  return (
    <td
      class={`number${isMore ? " is-more" : ""}${mark ? " best" : ""}`}
      data-value={value !== null && Number.isFinite(value) ? value : undefined}
      data-metric={name}
      title={mark}
    >
      <span>{formatNumber(value, facts.unit)}</span>
      {typeof total === "number" &&
        <span class="muted">/{formatNumber(total)}</span>}
      {share !== null &&
        <Bar value={share} tick={shareAt(baseline?.[name])} size={[64, 4]} />}
    </td>
  );
}
