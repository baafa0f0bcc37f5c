import type { VNode } from "preact";
import {
  type Difference,
  followsFrom,
  splitsOf,
} from "../difference/differences.ts";
import type { PageMatrix, PageRun } from "../page.ts";
import { Others } from "./choice_table.tsx";
import { Path, Value } from "./path_value.tsx";
import { Scroll } from "./scroll.tsx";
import { SortHead } from "./sort_head.tsx";

/** An axis of a matrix, and the differences that follow from its values. */
export interface AxisDifferences {
  /** What it is called. */
  readonly name: string;
  /** Its values with a run of each; null where there is none. */
  readonly values: readonly {
    readonly name: string;
    readonly run: PageRun | null;
  }[];
  /** What changes with it. */
  readonly differences: readonly Difference[];
}

/** Tells the differences between a matrix' runs by the axis they follow from. */
export function byAxis(
  { record, groups }: PageMatrix,
  differences: readonly Difference[],
): { axes: AxisDifferences[]; others: Difference[] } {
  const places = new Map(
    groups.flatMap(({ values, bySeed }) =>
      [...bySeed].flatMap(([seed, run]) =>
        run ? [[run.index, { ...values, seed } as Record<string, string>]] : []
      )
    ) as [number, Record<string, string>][],
  );
  const valueOn = (axis: string) => ({ index }: PageRun) =>
    places.get(index)?.[axis] ?? null;
  const explained = new Map(
    differences.map((difference) => [
      difference,
      record.axes.find(({ name }) => followsFrom(difference, valueOn(name))),
    ]),
  );
  const runs = groups.flatMap(({ bySeed }) => [...bySeed.values()])
    .filter((run) => run !== null);
  return {
    axes: record.axes.map((axis) => ({
      name: axis.name,
      values: axis.values.map((name) => ({
        name,
        run: runs.find((run) => valueOn(axis.name)(run) === name) ?? null,
      })),
      differences: differences.filter((one) => explained.get(one) === axis),
    })),
    others: differences.filter((one) => explained.get(one) === undefined),
  };
}

/** One row an axis: its values, and what each sets. */
export function AxisTable(
  { axes }: { axes: readonly AxisDifferences[] },
): VNode {
  return (
    <Scroll label="Axes">
      <table class="config config-axes sortable">
        <thead>
          <tr>
            <SortHead sorting={{ by: "text" }}>Axis</SortHead>
            <th scope="col">Values, and what they set</th>
          </tr>
        </thead>
        <tbody>
          {axes.map((axis) => <Axis key={axis.name} axis={axis} />)}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The most keys that a value shows; the others are folded. */
const mostShown = 3;

function Axis(
  { axis: { name, values, differences } }: { axis: AxisDifferences },
): VNode {
  // What splits the runs as finely as the axis itself tells its values apart.
  const everywhere = differences.filter(({ choices }) =>
    choices.every(({ value }) => value !== undefined)
  );
  const leading = splitsOf(everywhere.length > 0 ? everywhere : differences)
    .toSorted((a, b) => b.first.choices.length - a.first.choices.length)
    .map(({ first }) => first).slice(0, mostShown);
  const isNamed = leading.length === 1 &&
    values.every(({ name, run }) =>
      run === null || valueAt(leading[0]!, run) === name
    );
  return (
    <tr>
      <th scope="row" data-value={name}>{name}</th>
      <td>
        {isNamed
          ? (
            <div class="choice">
              <Path path={leading[0]!.path} />
              <span>{values.map(({ name }) => name).join(", ")}</span>
            </div>
          )
          : values.map(({ name, run }) => (
            <div class="choice">
              <b>{name}</b>
              {run === null
                ? <span class="muted">no run</span>
                : leading.map((one) => (
                  <span>
                    <Path path={one.path} /> <Value value={valueAt(one, run)} />
                  </span>
                ))}
            </div>
          ))}
        <Others
          differences={differences.filter((one) => !leading.includes(one))}
        />
      </td>
    </tr>
  );
}

function valueAt({ choices }: Difference, run: PageRun): string | undefined {
  return choices.find(({ runs }) => runs.includes(run))?.value;
}
