import type { VNode } from "preact";
import { formatDuration, formatTime } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { rerunCommand } from "../shell.ts";
import { StateBadge } from "./badge.tsx";
import { CopyButton } from "./command.tsx";
import { RunName } from "./run_name.tsx";
import { Scroll } from "./scroll.tsx";

/** The most runs that are listed without being asked. */
const mostOpen = 12;

/** Every run with its state and what repeats it; folded where they are many. */
export function RunTable({ page: { runs } }: { page: Page }): VNode {
  const table = (
    <Scroll label="Runs" isLong={runs.length > mostOpen}>
      <table class="run-table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Id</th>
            <th scope="col">State</th>
            <th scope="col" class="number">Seed</th>
            <th scope="col">Started, UTC</th>
            <th scope="col" class="number">Took</th>
            <th scope="col" class="needs-script">Repeat</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => <Row key={run.index} run={run} />)}
        </tbody>
      </table>
    </Scroll>
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
  return (
    <tr>
      <th scope="row">
        <RunName run={run} />
      </th>
      <td>
        <code>{id}</code>
      </td>
      <td>
        <StateBadge state={state} />
      </td>
      <td class="number">{seed}</td>
      <td>{formatTime(startedAt)}</td>
      <td class="number">
        {finishedAt === null ? "–" : formatDuration(startedAt, finishedAt)}
      </td>
      <td class="needs-script">
        <CopyButton
          text={rerunCommand([run.run])}
          says={`Copy the command that repeats ${run.label}`}
        />
      </td>
    </tr>
  );
}
