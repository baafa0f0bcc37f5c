import type { VNode } from "preact";
import { plural } from "../format.ts";
import type { Page } from "../page.ts";
import type { SeedGroup } from "../seeds.ts";
import { type Column, ColumnHead } from "./columns.tsx";
import { MeanCell } from "./mean_cell.tsx";
import { RunKey } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";

/** Means of the groups that were run with several seeds. */
export function SeedTable(
  { page, groups, columns }: {
    page: Page;
    groups: readonly SeedGroup[];
    columns: readonly Column[];
  },
): VNode {
  const shown = columns.filter(({ facts }) => !facts.isSetting);
  return (
    <TableBox
      label="Over seeds"
      hasMore={shown.some(({ isMore }) => isMore)}
    >
      <table class="seeds sortable">
        <caption>
          Over seeds <span class="muted">mean ± standard deviation</span>
        </caption>
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Experiment</SortHead>
            <SortHead sorting={{ by: "number" }}>Seeds</SortHead>
            {shown.map((column) => (
              <ColumnHead
                key={column.name}
                {...column}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Row
              key={group.runs[0]!.index}
              page={page}
              group={group}
              columns={shown}
            />
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Row(
  { page, group: { runs: [first], seeds, spread }, columns }: {
    page: Page;
    group: SeedGroup;
    columns: readonly Column[];
  },
): VNode {
  const label = first!.groupLabel;
  return (
    <tr data-group={first!.group}>
      <th scope="row" data-value={label}>
        {page.isColouredByGroup
          ? (
            <span class="run-name">
              <RunKey run={{ ...first!, dash: 0 }} />
              <span>{label}</span>
            </span>
          )
          : label}
      </th>
      <td
        class="number"
        title={`seeds ${seeds.join(", ")}`}
        data-value={seeds.length}
      >
        {seeds.length}
      </td>
      {columns.map((column) => {
        const one = spread(column.name);
        return (
          <MeanCell
            key={column.name}
            spread={one}
            column={column}
            title={one && one.n < seeds.length
              ? `of ${plural(one.n, "run")}; the others have none`
              : undefined}
          />
        );
      })}
    </tr>
  );
}
