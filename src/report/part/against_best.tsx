import type { VNode } from "preact";
import { formatP } from "../format.ts";
import { holm } from "../holm.ts";
import { cleftDifference, sectionDifference } from "../paired_places.ts";
import type { PlacedRun } from "../compared_places.ts";
import { RunName } from "./run_name.tsx";
import { signed } from "./signed.ts";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";

/** The most runs that are compared with the best. */
const mostCompared = 40;

/** The most rows that are seen without being asked. */
const mostOpen = 3;

/** The most rows that are seen without scrolling. */
const mostRows = 12;

/** Every other run against the best: sections and clefts, place by place. */
export function AgainstBest(
  { best, others }: {
    best: PlacedRun;
    others: readonly PlacedRun[];
  },
): VNode {
  const rows = others.map((other) => ({
    other,
    sections: sectionDifference(other.sections, best.sections),
    clefts: cleftDifference(other.clefts, best.clefts)!,
  }));
  const corrected = holm(rows.map(({ clefts }) => clefts.p));
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
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Dice of a section
            </SortHead>
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Sections better
            </SortHead>
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Sections worse
            </SortHead>
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Clefts it alone found
            </SortHead>
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Clefts the best alone found
            </SortHead>
            <SortHead sorting={{ by: "number" }}>p</SortHead>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostCompared).map((row, i) => (
            <Row key={row.other.run.index} {...row} p={corrected[i]!} />
          ))}
        </tbody>
      </table>
    </TableBox>
  );
  return others.length <= mostOpen ? table : (
    <details>
      <summary>
        The best run against {others.length} others, place by place
      </summary>
      {table}
    </details>
  );
}

function Row(
  { other, sections, clefts, p }: {
    other: PlacedRun;
    sections: ReturnType<typeof sectionDifference>;
    clefts: NonNullable<ReturnType<typeof cleftDifference>>;
    /** Of the clefts, corrected for the number of runs. */
    p: number;
  },
): VNode {
  return (
    <tr data-run={other.run.index}>
      <th scope="row" data-value={other.run.label}>
        <RunName run={other.run} />
      </th>
      <td class="number" data-value={sections?.mean}>
        {sections === null ? "–" : signed(sections.mean, "")}
        {sections?.interval && (
          <span class="muted">
            {` [${sections.interval.map((end) => signed(end, "")).join(", ")}]`}
          </span>
        )}
      </td>
      <Count value={sections?.better ?? 0} />
      <Count value={sections?.worse ?? 0} />
      <Count value={clefts.onlyFirst} />
      <Count value={clefts.onlySecond} />
      <td class="number" data-value={p}>{formatP(p)}</td>
    </tr>
  );
}

function Count({ value }: { value: number }): VNode {
  return <td class="number" data-value={value}>{value}</td>;
}
