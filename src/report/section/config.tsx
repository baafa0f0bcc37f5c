import type { VNode } from "preact";
import { formatNumber, plural } from "../format.ts";
import type { Page, PageRun } from "../page.ts";
import { RunName, RunNames } from "../part/run_name.tsx";
import { Scroll } from "../part/scroll.tsx";
import { flattenPlan } from "../plan.ts";
import { defineSection } from "./_section.ts";

/** What the plans of the runs differ in, and what they share. */
export const config = defineSection({
  name: "config",
  summary: "Differences between the resolved plans, path by path",
  options: {},
  create: () => ({
    id: "config",
    title: "Configuration",
    render: (page) => page.runs.length === 0 ? null : <Config page={page} />,
  }),
});

/** Runs that have one value at one path; undefined where the path is missing. */
interface Choice {
  readonly value: string | undefined;
  readonly runs: readonly PageRun[];
}

interface PathRow {
  readonly path: string;
  readonly choices: readonly Choice[];
}

function Config({ page }: { page: Page }): VNode {
  const rows = rowsOf(page.runs);
  const different = rows.filter(({ choices }) => choices.length > 1);
  const same = rows.filter(({ choices }) => choices.length === 1);
  return (
    <>
      {page.runs.length > 1 && (different.length === 0
        ? <p>The plans of all runs are equal, the seed included.</p>
        : page.runs.length <= 6
        ? <Columns runs={page.runs} rows={different} />
        : <Choices rows={different} all={page.runs.length} />)}
      {same.length > 0 && (
        <details open={page.runs.length === 1 && same.length <= 12}>
          <summary>
            {page.runs.length === 1
              ? `The resolved plan, ${plural(same.length, "value")}`
              : `The same in all runs, ${plural(same.length, "value")}`}
          </summary>
          <label class="filter needs-script">
            <span>Filter</span>
            <input type="search" data-filter="config-same" autocomplete="off" />
          </label>
          <Scroll label="Plan">
            <table class="config" id="config-same">
              <tbody>
                {same.map(({ path, choices }) => (
                  <tr>
                    <th scope="row">
                      <Path path={path} />
                    </th>
                    <td>
                      <Value value={choices[0]!.value} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </details>
      )}
    </>
  );
}

function rowsOf(runs: readonly PageRun[]): PathRow[] {
  const plans = runs.map(({ run }) => flattenPlan(run.plan));
  const paths = [...new Set(plans.flatMap((plan) => [...plan.keys()]))];
  return paths.map((path) => {
    const choices = new Map<string | undefined, PageRun[]>();
    plans.forEach((plan, i) => {
      const value = plan.get(path);
      const sharing = choices.get(value);
      if (sharing) sharing.push(runs[i]!);
      else choices.set(value, [runs[i]!]);
    });
    return {
      path,
      choices: [...choices].map(([value, runs]) => ({ value, runs })),
    };
  });
}

function Columns(
  { runs, rows }: { runs: readonly PageRun[]; rows: readonly PathRow[] },
): VNode {
  return (
    <Scroll label="Differences">
      <table class="config config-columns">
        <thead>
          <tr>
            <th scope="col">{plural(rows.length, "difference")}</th>
            {runs.map((run) => (
              <th scope="col">
                <RunName run={run} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, choices }) => (
            <tr>
              <th scope="row">
                <Path path={path} />
              </th>
              {runs.map((run) => (
                <td>
                  <Value
                    value={choices.find((c) => c.runs.includes(run))?.value}
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

function Choices(
  { rows, all }: { rows: readonly PathRow[]; all: number },
): VNode {
  return (
    <Scroll label="Differences">
      <table class="config">
        <thead>
          <tr>
            <th scope="col">{plural(rows.length, "difference")}</th>
            <th scope="col">Values and the runs that have them</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ path, choices }) => (
            <tr>
              <th scope="row">
                <Path path={path} />
              </th>
              <td>
                {choices.length > 12
                  ? (
                    <span class="muted">
                      {formatNumber(choices.length)} values,{" "}
                      <Value value={choices[0]!.value} /> to{" "}
                      <Value value={choices.at(-1)!.value} />
                    </span>
                  )
                  : choices.map(({ value, runs }) => (
                    <div class="choice">
                      <Value value={value} />
                      <RunNames runs={runs} all={all} />
                    </div>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Path({ path }: { path: string }): VNode {
  const cut = Math.max(path.lastIndexOf("."), path.lastIndexOf("[")) +
    (path.includes(".") ? 1 : 0);
  return path.lastIndexOf(".") > path.lastIndexOf("[")
    ? (
      <code>
        <span class="muted">{path.slice(0, cut)}</span>
        {path.slice(cut)}
      </code>
    )
    : <code>{path}</code>;
}

/** Longest value shown; a longer one says how long it is. */
const mostCharacters = 300;

function Value({ value }: { value: string | undefined }): VNode {
  if (value === undefined) return <span class="muted">not set</span>;
  if (value.length <= mostCharacters) return <code>{value}</code>;
  return (
    <code>
      {value.slice(0, mostCharacters)}
      <span class="muted">… {formatNumber(value.length)} characters</span>
    </code>
  );
}
