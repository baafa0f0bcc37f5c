import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import type { MetricFacts } from "../data.ts";
import { metricFacts } from "../gather.ts";
import { factsOf } from "../page.ts";
import { ColumnHead } from "../part/columns.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { TableBox } from "../part/table_box.tsx";
import type { LiveRuns } from "./data.ts";
import { RunRow } from "./run_row.tsx";

/** Every run, the newest first; sorted by a click. */
export function RunsTable({ runs, scores }: LiveRuns): VNode {
  const facts = factsOfAll(scores);
  return (
    <TableBox label="Runs">
      <table
        class="run-table sortable live-runs"
        id="runs-table"
        data-scores={scores.join()}
      >
        <thead>
          <tr>
            <td class="no-copy needs-script">
              <input
                type="checkbox"
                data-choose-all
                aria-label="Choose all that are shown"
                autocomplete="off"
              />
            </td>
            <SortHead sorting={{ by: "text" }}>Run</SortHead>
            <SortHead sorting={{ by: "text" }}>State</SortHead>
            {scores.map((name, i) => (
              <ColumnHead
                key={name}
                label={metricLabel(name)}
                facts={facts[i]!}
                isMore={false}
              />
            ))}
            <SortHead sorting={{ by: "number" }}>Seed</SortHead>
            <SortHead
              sorting={{ by: "text", first: "descending", now: "descending" }}
            >
              Started, UTC
            </SortHead>
            <SortHead sorting={{ by: "number" }} name="Took (s)">Took</SortHead>
            <th scope="col">Tags</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => <RunRow key={run.id} run={run} facts={facts} />)}
        </tbody>
      </table>
    </TableBox>
  );
}

/** What is known of some numbers. */
export function factsOfAll(names: readonly string[]): readonly MetricFacts[] {
  const data = { facts: metricFacts() };
  return names.map((name) => factsOf({ data }, name));
}
