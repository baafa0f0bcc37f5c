import type { VNode } from "preact";
import type { Cell } from "../cell/cell.ts";
import { meanCells, seedsCell } from "../cell/mean_cells.ts";
import type { Page } from "../page.ts";
import type { SeedGroup } from "../seeds.ts";
import { type Column, ColumnHead } from "./columns.tsx";
import { RunKey } from "./run_name.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";
import { TableCell } from "./table_cell.tsx";

/** Means of the groups that were run with several seeds. */
export function SeedTable(
  { page, groups, columns }: {
    page: Page;
    groups: readonly SeedGroup[];
    columns: readonly Column[];
  },
): VNode {
  const shown = columns.filter(({ facts }) => !facts.isSetting);
  const { ranking } = page;
  const cells = shown.map(({ name, facts, isMore }) =>
    meanCells(
      groups.map(({ values, runs }) => ({
        values: values(name),
        runs: runs.length,
      })),
      { ...facts, isMore, marksBest: false },
    )
  );
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
                now={column.name !== ranking.name
                  ? undefined
                  : ranking.better === "lower"
                  ? "ascending"
                  : "descending"}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group, row) => (
            <Row
              key={group.runs[0]!.index}
              page={page}
              group={group}
              columns={shown}
              cells={cells.map((column) => column[row]!)}
            />
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Row(
  { page, group: { runs: [first], seeds, alike }, columns, cells }: {
    page: Page;
    group: SeedGroup;
    columns: readonly Column[];
    cells: readonly Cell[];
  },
): VNode {
  const label = first!.groupLabel;
  const members = alike.map((runs) => runs.map(({ index }) => index));
  return (
    <tr data-group={first!.group} data-members={JSON.stringify(members)}>
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
      <TableCell
        data-all={seeds.length}
        cell={seedsCell({
          counted: seeds.length,
          all: seeds.length,
          title: `seeds ${seeds.join(", ")}`,
        })}
      />
      {columns.map(({ name }, i) => (
        <TableCell key={name} metric={name} cell={cells[i]!} />
      ))}
    </tr>
  );
}
