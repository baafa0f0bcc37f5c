import type { VNode } from "preact";
import type { Ranking } from "@/core/mod.ts";
import { foremostNames } from "@/metric/mod.ts";
import type { Variant } from "@/record/mod.ts";
import { countCell } from "../cell/cell.ts";
import { differenceCells } from "../cell/difference_cells.ts";
import type { PageMatrix, PageRun, VolumeScores } from "../page.ts";
import { comparePairs } from "../paired.ts";
import { type Change, changesOf } from "../variants.ts";
import { type Column, Direction } from "./columns.tsx";
import { SortHead } from "./sort_head.tsx";
import { TableBox } from "./table_box.tsx";
import { TableCell } from "./table_cell.tsx";
import { GroupKey, groupOf, valuesOf } from "./variant_table.tsx";

/** The most metrics whose differences are drawn. */
const mostDrawn = 3;

/** The most rows that are seen without scrolling. */
const mostRows = 12;

/** What each change of one value does to the metrics, with its uncertainty. */
export function ChangeTable(
  { ranking, matrix, volume, columns }: {
    ranking: Ranking;
    matrix: PageMatrix;
    volume: VolumeScores;
    columns: readonly Column[];
  },
): VNode | null {
  const changes = changesOf(matrix.record, matrix.groups);
  const first = foremostNames(ranking, mostDrawn);
  const rank = ({ name }: Column) => (first.indexOf(name) + 99) % 99;
  const drawn = columns.filter(({ facts }) => facts.better !== "neither")
    .toSorted((a, b) => rank(a) - rank(b)).slice(0, mostDrawn);
  if (changes.length === 0 || drawn.length === 0) return null;
  const compared = drawn.map(({ name }) =>
    comparePairs(
      changes.map(({ to, from }) => [
        valuesOf(to, { volume, metric: name }),
        valuesOf(from, { volume, metric: name }),
      ]),
    )
  );
  const cells = compared.map((column, i) =>
    differenceCells(column, drawn[i]!.facts)
  );
  const hasShared = changes.some(({ shared }) =>
    Object.keys(shared).length > 0
  );
  return (
    <TableBox label="Changes" isLong={changes.length > mostRows}>
      <table class="ablation sortable">
        <caption>
          What each change does{" "}
          <span class="muted">mean over seeds, 95 % interval</span>
        </caption>
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Change</SortHead>
            {hasShared && <SortHead sorting={{ by: "text" }}>With</SortHead>}
            <SortHead sorting={{ by: "number", first: "descending" }}>
              Pairs
            </SortHead>
            {drawn.map(({ name, label, facts }) => (
              <SortHead
                key={name}
                sorting={{
                  by: "number",
                  first: facts.better === "lower" ? "ascending" : "descending",
                }}
                name={facts.unit ? `${label} (${facts.unit})` : label}
                title={facts.summary}
                class="strip-column"
              >
                {label}
                <Direction facts={facts} />
              </SortHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((change, i) => (
            <tr
              data-group={groupOf(change.to)}
              data-pairs={pairsOf(change)}
              class={i > 0 && changes[i - 1]!.axis !== change.axis
                ? "is-first"
                : undefined}
            >
              <ChangeName change={change} />
              {hasShared && <Shared shared={change.shared} />}
              <TableCell
                cell={countCell(
                  compared[0]![i]!.difference?.each.length ?? 0,
                )}
              />
              {drawn.map(({ name }, column) => (
                <TableCell metric={name} cell={cells[column]![i]!} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

/** The numbers of the runs that are compared, seed by seed, for the page's script. */
function pairsOf({ to, from }: Change<PageRun | null>): string {
  const finished = (run: PageRun | null | undefined) =>
    run?.run.state === "finished" ? run.index : null;
  return JSON.stringify(
    [...to.bySeed].map(([seed, run]) => [
      finished(run),
      finished(from.bySeed.get(seed)),
    ]).filter((pair) => !pair.includes(null)),
  );
}

function ChangeName({ change }: { change: Change<PageRun | null> }): VNode {
  const { axis, value, against } = change;
  const versus = value.startsWith("+") ? `on ${against}` : `for ${against}`;
  const text = `${axis} ${value} ${versus}`;
  return (
    <th scope="row" data-value={text} data-name={text}>
      <span class="change">
        <GroupKey group={change.to} />
        <span>
          <span class="muted">{axis}</span> {value}{" "}
          <span class="muted">{versus}</span>
        </span>
      </span>
    </th>
  );
}

/** What the two variants of a change have in common. */
function Shared({ shared }: { shared: Variant }): VNode {
  const text = Object.values(shared).join(" · ") || "–";
  return <td data-value={text}>{text}</td>;
}
