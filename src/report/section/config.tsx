import type { VNode } from "preact";
import {
  type Difference,
  differencesOf,
  splitsOf,
} from "../difference/differences.ts";
import { isSurrounding, unequalOf } from "../difference/unequal.ts";
import { plural } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { AxisTable, byAxis } from "../part/axis_table.tsx";
import { ChoiceTable } from "../part/choice_table.tsx";
import { DifferenceColumns } from "../part/difference_columns.tsx";
import { ExperimentFiles } from "../part/experiment_files.tsx";
import { Path, Value } from "../part/path_value.tsx";
import { Scroll } from "../part/scroll.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { flattenPlan } from "../plan.ts";
import { defineSection } from "./_section.ts";

/** What the plans of the runs differ in, and what they share. */
export const config = defineSection({
  name: "config",
  summary: "Differences between the resolved plans: by axis, or path by path",
  options: {},
  create: () => ({
    id: "config",
    title: "Configuration",
    render: (page) => page.runs.length === 0 ? null : <Config page={page} />,
  }),
});

function Config({ page }: { page: Page }): VNode {
  const differences = differencesOf(page.runs);
  const isSearch = page.matrix?.record.search !== undefined;
  const { axes: all, others } = page.matrix
    ? byAxis(page.matrix, differences)
    : { axes: [], others: differences };
  const axes = isSearch ? [] : all; // the table of trials has the options
  const unequal = unequalOf(page, others);
  const rest = others.filter(({ path }) => !isSurrounding(path));
  return (
    <>
      {unequal.length > 0 && <Unequal page={page} differences={unequal} />}
      {axes.length > 0 && <AxisTable axes={axes} />}
      {rest.length > 0
        ? <Rest page={page} differences={rest} />
        : page.runs.length > 1 && axes.length === 0 && (
          <p>
            {isSearch
              ? "Beside the options of the search, the plans of all runs are equal."
              : unequal.length === 0
              ? "The plans of all runs are equal, the seed included."
              : "In all else the plans of the runs are equal."}
          </p>
        )}
      <Same runs={page.runs} />
      <ExperimentFiles page={page} />
    </>
  );
}

/** What a fair comparison would have in common. */
function Unequal(
  { page, differences }: { page: Page; differences: readonly Difference[] },
): VNode {
  return (
    <div class="unequal">
      <p>
        <span class="badge is-caution">
          <span aria-hidden="true">!</span>not the same everywhere
        </span>{" "}
        Data, what computes and code should be one for all runs of a comparison.
      </p>
      <ChoiceTable
        page={page}
        rows={differences.map((first) => ({ first, others: [] }))}
        title={plural(differences.length, "thing differs", "things differ")}
      />
    </div>
  );
}

function Rest(
  { page, differences }: { page: Page; differences: readonly Difference[] },
): VNode {
  const title = page.matrix
    ? "Beside the axes"
    : plural(differences.length, "difference");
  return page.runs.length <= 6 && !page.matrix
    ? (
      <DifferenceColumns
        runs={page.runs}
        differences={differences}
        title={title}
      />
    )
    : <ChoiceTable page={page} rows={splitsOf(differences)} title={title} />;
}

/** What has one value in all plans. */
function Same({ runs }: { runs: readonly PageRun[] }): VNode | null {
  const [first, ...others] = runs.map(({ run }) => flattenPlan(run.plan));
  const same = [...first!].filter(([path, value]) =>
    others.every((plan) => plan.get(path) === value)
  );
  if (same.length === 0) return null;
  return (
    <details open={runs.length === 1 && same.length <= 12}>
      <summary>
        {runs.length === 1
          ? `The resolved plan, ${plural(same.length, "value")}`
          : `The same in all runs, ${plural(same.length, "value")}`}
      </summary>
      <label class="filter needs-script">
        <span>Filter</span>
        <input
          type="search"
          id="config-filter"
          data-filter="config-same"
          autocomplete="off"
        />
      </label>
      <Scroll label="Plan">
        <table class="config sortable" id="config-same">
          <thead>
            <tr>
              <SortHead sorting={{ by: "text" }}>Key</SortHead>
              <SortHead sorting={{ by: "text" }}>Value</SortHead>
            </tr>
          </thead>
          <tbody>
            {same.map(([path, value]) => (
              <tr>
                <th scope="row" data-value={path}>
                  <Path path={path} />
                </th>
                <td data-value={value}>
                  <Value value={value} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
