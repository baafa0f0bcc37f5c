import type { VNode } from "preact";
import { againstCells } from "../cell/against_cells.ts";
import { plural } from "../format.ts";
import type { PlacedRun } from "../compared_places.ts";
import { RunName } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";
import { TableCell } from "./table_cell.tsx";

/** The most rows that are seen without being asked. */
const mostOpen = 3;

/** The most rows that are seen without scrolling. */
const mostRows = 12;

/** The columns behind the run's name. */
const columns = [
  "Dice of a section",
  "Sections better",
  "Sections worse",
  "Clefts it alone found",
  "Clefts the best alone found",
  "p",
];

/**
 * Every other run against the best: sections and clefts, place by place. The best
 * has a row too, seen once another takes its place.
 */
export function AgainstBest(
  { best, others }: {
    best: PlacedRun;
    others: readonly PlacedRun[];
  },
): VNode {
  const runs = [best, ...others];
  const cells = [
    columns.map(() => ({ html: "–" })),
    ...againstCells(best, others),
  ];
  const table = (
    <TableBox label="Against the best run" isLong={others.length > mostRows}>
      <table class="by-place sortable">
        <caption>
          Against <RunName run={best.run} />{" "}
          <span class="muted">section by section, cleft by cleft</span>
        </caption>
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Run</SortHead>
            {columns.map((name) => (
              <SortHead
                key={name}
                sorting={{
                  by: "number",
                  first: name === "p" ? "ascending" : "descending",
                }}
              >
                {name}
              </SortHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map(({ run }, i) => (
            <tr key={run.index} data-run={run.index} hidden={i === 0}>
              <th scope="row" data-value={run.label}>
                <RunName run={run} />
              </th>
              {cells[i]!.map((cell, column) => (
                <TableCell key={column} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
  return others.length <= mostOpen ? table : (
    <details>
      <summary>
        The best run against{" "}
        <span class="others-count">{plural(others.length, "other")}</span>,
        place by place
      </summary>
      {table}
    </details>
  );
}
