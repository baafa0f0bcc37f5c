import type { VNode } from "preact";
import { type ChangedKey, changesSince } from "../difference/since.ts";
import { formatDuration, formatTime } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { programOf } from "../plan.ts";
import { rerunCommand } from "../shell.ts";
import { Tags } from "./about.tsx";
import { StateBadge } from "./badge.tsx";
import { ChangedKeys } from "./changed_keys.tsx";
import { CopyButton } from "./command.tsx";
import { MarkNote } from "./mark_note.tsx";
import { type Need, needsOf } from "./needs.ts";
import { RunName } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";

/** The most rows that are seen without scrolling. */
const mostRows = 8;

/** The most runs that are listed without being asked; of a matrix, names tell all. */
const mostOpen = { matrix: 6, other: 12 };

/** Every run with its state and what repeats it; folded where they are many. */
export function RunTable({ page: { runs, matrix } }: { page: Page }): VNode {
  const changes = matrix || runs.length < 2 ? null : changesSince(runs);
  const tags = new Set(runs.map(({ marks }) => marks.tags.join("\n")));
  const hasTags = tags.size > 1;
  const needs = needsOf(runs);
  const table = (
    <TableBox
      label="Runs"
      isLong={runs.length > mostRows}
      hasMore={needs.length > 0}
    >
      <table class="run-table sortable">
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Run</SortHead>
            {changes && <th scope="col">Differs from the run above</th>}
            {hasTags && <th scope="col">Tags</th>}
            <SortHead sorting={{ by: "text" }}>Id</SortHead>
            <SortHead sorting={{ by: "text" }}>State</SortHead>
            <SortHead sorting={{ by: "number" }}>Seed</SortHead>
            <SortHead sorting={{ by: "text" }}>Started, UTC</SortHead>
            <SortHead sorting={{ by: "number" }} name="Took (s)">Took</SortHead>
            {needs.map(({ name, label, summary }) => (
              <SortHead
                key={name}
                sorting={{ by: "number", first: "descending" }}
                name={name}
                title={summary}
                more
              >
                {label}
              </SortHead>
            ))}
            <th scope="col" class="needs-script no-copy">Repeat</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run, i) => (
            <Row
              key={run.index}
              run={run}
              changes={changes && changes[i]!}
              hasTags={hasTags}
              needs={needs}
            />
          ))}
        </tbody>
      </table>
    </TableBox>
  );
  return runs.length <= mostOpen[matrix ? "matrix" : "other"]
    ? table
    : (
      <details>
        <summary>All {runs.length} runs</summary>
        {table}
      </details>
    );
}

function Row(
  { run, changes, hasTags, needs }: {
    run: PageRun;
    /** What differs from the run above, where that is shown. */
    changes: readonly ChangedKey[] | null;
    hasTags: boolean;
    needs: readonly Need[];
  },
): VNode {
  const { tags, note, group } = run.marks;
  const program = programOf(run.run.plan);
  const { id, state, seed, startedAt, finishedAt } = run.run;
  const tookMs = finishedAt === null
    ? NaN
    : Date.parse(finishedAt) - Date.parse(startedAt);
  return (
    <tr data-run={run.index}>
      <th scope="row" data-value={run.label}>
        <RunName run={run} />
        <MarkNote group={group} note={note} />
      </th>
      {changes && (
        <td>
          <ChangedKeys keys={changes} />
        </td>
      )}
      {hasTags && (
        <td>
          <Tags tags={tags} />
        </td>
      )}
      <td data-value={id}>
        <code>{id}</code>
      </td>
      <td data-value={state}>
        <StateBadge state={state} />
      </td>
      <td class="number" data-value={seed}>{seed}</td>
      <td data-value={startedAt}>{formatTime(startedAt)}</td>
      <td
        class="number"
        data-value={tookMs >= 0 ? tookMs / 1000 : undefined}
      >
        {finishedAt === null ? "–" : formatDuration(startedAt, finishedAt)}
      </td>
      {needs.map(({ name, of, text }) => {
        const value = of(run);
        return (
          <td
            key={name}
            class="number is-more"
            data-value={value ?? undefined}
          >
            {value === null ? "–" : text(value)}
          </td>
        );
      })}
      <td class="needs-script no-copy">
        {program === null
          ? (
            <CopyButton
              text={rerunCommand([run.run])}
              says={`Copy the command that repeats ${run.label}`}
            />
          )
          : `from ${program}`}
      </td>
    </tr>
  );
}
