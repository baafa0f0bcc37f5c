import type { VNode } from "preact";
import { trialAxis } from "@/record/mod.ts";
import { formatNumber, plural } from "../format.ts";
import { factsOf, type Page, type PageRun } from "../page.ts";
import { StateBadge } from "../part/badge.tsx";
import { RunName } from "../part/run_name.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { TableBox } from "../part/table_box.tsx";
import { type Trial, trialsOf } from "../trials.ts";
import { defineSection } from "./_section.ts";

/** What a search has tried, and what its best is worth. */
export const trials = defineSection({
  name: "trials",
  summary: "Of a search: what was tried, how far it trained, and which is best",
  options: {},
  create: () => ({
    id: "trials",
    title: "Search",
    render: (page) =>
      page.matrix?.record.search ? <Trials page={page} /> : null,
  }),
});

/** From so many trials on, the table scrolls by itself. */
const manyTrials = 13;

function Trials({ page }: { page: Page }): VNode {
  const trials = trialsOf(page);
  const options = page.matrix!.record.axes.map(({ name }) => name)
    .filter((name) => name !== trialAxis);
  const { label } = factsOf(page, page.ranking.name);
  return (
    <>
      <Lead page={page} trials={trials} options={options} />
      <TableBox label="Trials" isLong={trials.length >= manyTrials}>
        <table class="run-table sortable">
          <thead>
            <tr>
              <SortHead sorting={{ by: "text" }}>Trial</SortHead>
              {options.map((name) => (
                <SortHead key={name} sorting={{ by: kindOf(name, trials) }}>
                  <code>{name}</code>
                </SortHead>
              ))}
              <SortHead sorting={{ by: "text" }}>State</SortHead>
              <SortHead sorting={{ by: "number", first: "descending" }}>
                Validation {label}
              </SortHead>
            </tr>
          </thead>
          <tbody>
            {trials.map((trial) => (
              <Row key={trial.number} {...{ trial, trials, options, page }} />
            ))}
          </tbody>
        </table>
      </TableBox>
      <Honesty page={page} trials={trials} />
    </>
  );
}

/** How the trials came about, and how far they have come. */
function Lead(
  { page, trials, options }: {
    page: Page;
    trials: readonly Trial<PageRun>[];
    options: readonly string[];
  },
): VNode {
  const { draw, seed, rungs } = page.matrix!.record.search!;
  const states = Map.groupBy(trials, ({ run }) => run?.run.state ?? "not run");
  return (
    <p class="lead">
      {plural(trials.length, "trial")} over{" "}
      {plural(options.length, "option")}, drawn by <code>{draw}</code> with seed
      {" "}
      {seed}: {[...states].map(([state, { length }]) => `${length} ${state}`)
        .join(", ")}.
      {rungs.length > 1 && ` After ${
        rungs.slice(0, -1).map(({ volume }, i) =>
          `${volume.toLocaleString("en")} samples ${rungs[i + 1]!.trials}`
        ).join(", after ")
      } went on.`}
    </p>
  );
}

function Row(
  { trial: { number, values, run, value }, trials, options, page }: {
    trial: Trial<PageRun>;
    trials: readonly Trial<PageRun>[];
    options: readonly string[];
    page: Page;
  },
): VNode {
  const { unit } = factsOf(page, page.ranking.name);
  return (
    <tr data-run={run?.index}>
      <th scope="row" data-value={number}>
        {run ? <RunName run={run} /> : `trial ${number}`}
      </th>
      {options.map((name) => (
        <td
          key={name}
          class={kindOf(name, trials) === "number" ? "number" : undefined}
          data-value={values[name]}
        >
          {values[name]}
        </td>
      ))}
      <td data-value={run?.run.state ?? "not run"}>
        {run ? <StateBadge state={run.run.state} /> : "not run"}
        {run && run.run.stoppedAfter !== null &&
          ` after step ${run.run.stoppedAfter}`}
      </td>
      <td class="number" data-value={value ?? undefined}>
        {value === null ? "–" : formatNumber(value, unit)}
      </td>
    </tr>
  );
}

/** Whether an option is a number in all trials. */
function kindOf(
  name: string,
  trials: readonly Trial<PageRun>[],
): "number" | "text" {
  return trials.every(({ values }) => Number.isFinite(Number(values[name])))
    ? "number"
    : "text";
}

/** What the best of many is worth. */
function Honesty(
  { page, trials }: { page: Page; trials: readonly Trial<PageRun>[] },
): VNode | null {
  const measured = trials.filter(({ value }) => value !== null).length;
  if (measured < 2) return null;
  const isTested = page.volumes.some(({ split }) => split === "test");
  return (
    <p class="note">
      The first of all is the best of {measured}{" "}
      by validation, which flatters it, the more so the more were tried.{" "}
      {isTested
        ? "The test volumes were measured for the chosen trial alone. "
        : "No test volume was measured. "}
      Trials that were stopped are measured where they stopped. How much of a
      difference is luck, other seeds tell: a matrix of <code>seed</code>{" "}
      with the values that were found.
    </p>
  );
}
