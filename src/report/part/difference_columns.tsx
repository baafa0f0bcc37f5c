import type { VNode } from "preact";
import { type Difference, splitsOf } from "../difference/differences.ts";
import type { PageRun } from "../page.ts";
import { Others } from "./choice_table.tsx";
import { Path, Value } from "./path_value.tsx";
import { RunName } from "./run_name.tsx";
import { Scroll } from "./scroll.tsx";
import { SortHead } from "./sort_head.tsx";

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
      <table class="config config-columns sortable">
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>{title}</SortHead>
            {runs.map((run) => (
              <SortHead
                key={run.index}
                sorting={{ by: "text" }}
                name={run.label}
                run={run.index}
              >
                <RunName run={run} />
              </SortHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {splits.map(({ first, others }) => (
            <tr>
              <th scope="row" data-value={first.path}>
                <Path path={first.path} />
                <Others differences={others} />
              </th>
              {runs.map((run) => {
                const value = first.choices
                  .find(({ runs }) => runs.includes(run))?.value;
                return (
                  <td key={run.index} data-run={run.index} data-value={value}>
                    <Value value={value} />
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
