import type { VNode } from "preact";
import {
  type Choice,
  type Difference,
  type Split,
} from "../difference/differences.ts";
import { formatNumber, plural } from "../format.ts";
import type { Page } from "../page.ts";
import { aboutRuns } from "./about_runs.ts";
import { Path, Value } from "./path_value.tsx";
import { RunSet } from "./run_set.tsx";
import { Scroll } from "./scroll.tsx";
import { SortHead } from "./sort_head.tsx";

/** The most rows that are seen without scrolling. */
const mostRows = 16;

/** The most values that are listed with their runs. */
const mostListed = 8;

/** Differences, a row each, with the runs that have each value. */
export function ChoiceTable(
  { page, rows, title }: {
    page: Page;
    rows: readonly Split[];
    title: string;
  },
): VNode {
  return (
    <Scroll label={title} isLong={rows.length > mostRows}>
      <table class="config sortable">
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>{title}</SortHead>
            <th scope="col">Values and the runs that have them</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ first, others }) => (
            <tr>
              <th scope="row" data-value={first.path}>
                <Path path={first.path} />
              </th>
              <td>
                <Choices page={page} choices={first.choices} />
                <Others differences={others} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Choices(
  { page, choices }: { page: Page; choices: readonly Choice[] },
): VNode {
  if (choices.length > mostListed) {
    return (
      <span class="muted">
        {formatNumber(choices.length)} values,{" "}
        <Value value={choices[0]!.value} /> to{" "}
        <Value value={choices.at(-1)!.value} />
      </span>
    );
  }
  return (
    <>
      {choices.map(({ value, runs }) => (
        <div class="choice" data-runs={aboutRuns(runs)}>
          <Value value={value} />
          <RunSet page={page} runs={runs} />
        </div>
      ))}
    </>
  );
}

/** What changes together with another difference, folded. */
export function Others(
  { differences }: { differences: readonly Difference[] },
): VNode | null {
  if (differences.length === 0) return null;
  return (
    <details class="alike">
      <summary>
        {plural(differences.length, "key changes", "keys change")} with it
      </summary>
      <ul>
        {differences.map(({ path, choices }) => (
          <li>
            <Path path={path} />
            {choices.length > mostListed
              ? (
                <span class="muted">
                  {formatNumber(choices.length)} values
                </span>
              )
              : choices.map(({ value }) => <Value key={value} value={value} />)}
          </li>
        ))}
      </ul>
    </details>
  );
}
