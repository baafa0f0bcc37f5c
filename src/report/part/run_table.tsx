import type { VNode } from "preact";
import { formatDuration, formatTime } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { rerunCommand } from "../shell.ts";
import { StateBadge } from "./badge.tsx";
import { CopyButton } from "./command.tsx";
import { RunName } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";

/** The most runs that are listed without being asked. */
const mostOpen = 12;

/** Every run with its state and what repeats it; folded where they are many. */
export function RunTable({ page: { runs } }: { page: Page }): VNode {
  const table = (
    <TableBox label="Runs" isLong={runs.length > mostOpen}>
      <table class="run-table sortable">
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Run</SortHead>
            <SortHead sorting={{ by: "text" }}>Id</SortHead>
            <SortHead sorting={{ by: "text" }}>State</SortHead>
            <SortHead sorting={{ by: "number" }}>Seed</SortHead>
            <SortHead sorting={{ by: "text" }}>Started, UTC</SortHead>
            <SortHead sorting={{ by: "number" }} name="Took (s)">Took</SortHead>
            <th scope="col" class="needs-script no-copy">Repeat</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => <Row key={run.index} run={run} />)}
        </tbody>
      </table>
    </TableBox>
  );
  return runs.length <= mostOpen ? table : (
    <details>
      <summary>All {runs.length} runs</summary>
      {table}
    </details>
  );
}

function Row({ run }: { run: PageRun }): VNode {
  const { id, state, seed, startedAt, finishedAt } = run.run;
  const tookMs = finishedAt === null
    ? NaN
    : Date.parse(finishedAt) - Date.parse(startedAt);
  return (
    <tr data-run={run.index}>
      <th scope="row" data-value={run.label}>
        <RunName run={run} />
      </th>
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
      <td class="needs-script no-copy">
        <CopyButton
          text={rerunCommand([run.run])}
          says={`Copy the command that repeats ${run.label}`}
        />
      </td>
    </tr>
  );
}
