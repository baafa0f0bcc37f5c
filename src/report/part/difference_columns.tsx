import type { VNode } from "preact";
import { type Difference, splitsOf } from "../difference/differences.ts";
import type { PageRun } from "../page.ts";
import { Others } from "./choice_table.tsx";
import { Path, Value } from "./path_value.tsx";
import { RunName } from "./run_name.tsx";
import { Scroll } from "./scroll.tsx";

/** The most rows that are seen without scrolling. */
const mostRows = 24;

/** Differences of few runs, one column a run; those that split alike in one row. */
export function DifferenceColumns(
  { runs, differences, title }: {
    runs: readonly PageRun[];
    differences: readonly Difference[];
    title: string;
  },
): VNode {
  const splits = splitsOf(differences);
  return (
    <Scroll label="Differences" isLong={splits.length > mostRows}>
      <table class="config config-columns">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            {runs.map((run) => (
              <th scope="col" data-run={run.index}>
                <RunName run={run} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {splits.map(({ first, others }) => (
            <tr>
              <th scope="row">
                <Path path={first.path} />
                <Others differences={others} />
              </th>
              {runs.map((run) => (
                <td data-run={run.index}>
                  <Value
                    value={first.choices.find((c) => c.runs.includes(run))
                      ?.value}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
