import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { type Entry, risingValue } from "@/core/mod.ts";
import type { PostprocessRecord } from "@/record/mod.ts";
import { formatNumber } from "../format.ts";
import { factsOf, type Page, type PageRun } from "../page.ts";
import { RunName } from "../part/run_name.tsx";
import { SortHead } from "../part/sort_head.tsx";
import { TableBox } from "../part/table_box.tsx";
import { defineSection } from "./_section.ts";

/** How voxels came to be called cleft, and what was tried to choose it. */
export const postprocess = defineSection({
  name: "postprocess",
  summary: "Steps of post-processing, and the sweeps they were chosen from",
  options: {},
  create: () => ({
    id: "post-processing",
    title: "Post-processing",
    render(page) {
      const runs = page.runs.filter((run) => run.postprocess);
      return runs.length === 0 ? null : (
        <>
          {runs.map((run, i) => (
            <Steps
              page={page}
              run={run}
              record={run.postprocess!}
              hasTable={i < mostTables}
            />
          ))}
        </>
      );
    },
  }),
});

/** The runs whose sweeps have a table; of the others it is said what was chosen. */
const mostTables = 12;

function Steps(
  { page, run, record, hasTable }: {
    page: Page;
    run: PageRun;
    record: PostprocessRecord;
    hasTable: boolean;
  },
): VNode {
  const { steps, threshold, tunedBy, tried, split } = record;
  return (
    <div class="volume" data-run={run.index}>
      <p>
        {page.runs.length > 1 && <RunName run={run} />}{" "}
        {steps.map((step, i) => (
          <>
            {i > 0 && " → "}
            <code>{entryText(step)}</code>
          </>
        ))}
        {threshold !== null &&
          `, from probability ${formatNumber(threshold)} on`}
      </p>
      {tunedBy !== null && tried.length > 1 && (
        <>
          <p class="note">
            Chosen by {metricLabel(tunedBy)} on {split}, of{" "}
            {formatNumber(tried.length)} combinations.
          </p>
          {hasTable && <Tried page={page} record={record} tunedBy={tunedBy} />}
        </>
      )}
    </div>
  );
}

/** What was tried, the best first. */
function Tried(
  { page, record: { steps, swept, tried }, tunedBy }: {
    page: Page;
    record: PostprocessRecord;
    tunedBy: string;
  },
): VNode {
  const { better } = factsOf(page, tunedBy);
  const rising = (value: number | null) =>
    better === "neither" ? 0 : risingValue(value, { better });
  const ranked = tried.toSorted((a, b) =>
    Math.sign(rising(b.value) - rising(a.value)) || 0
  );
  const chosen = (options: readonly unknown[]) =>
    swept.every(({ at, option }, i) =>
      valueText(steps[at]?.[option]) === valueText(options[i])
    );
  return (
    <TableBox label="Combinations that were tried" isLong={tried.length > 12}>
      <table class="sortable">
        <thead>
          <tr>
            {swept.map(({ at, option }) => (
              <SortHead sorting={{ by: "text" }}>
                {`${steps[at]?.type ?? at}.${option}`}
              </SortHead>
            ))}
            <SortHead
              sorting={{
                by: "number",
                first: better === "lower" ? "ascending" : "descending",
                now: better === "lower" ? "ascending" : "descending",
              }}
            >
              {metricLabel(tunedBy)}
            </SortHead>
          </tr>
        </thead>
        <tbody>
          {ranked.map(({ options, value }) => (
            <tr>
              {options.map((option) => (
                <td data-value={valueText(option)}>{valueText(option)}</td>
              ))}
              <td
                class={chosen(options) ? "number best" : "number"}
                data-value={value ?? undefined}
              >
                {chosen(options) && <span class="muted">chosen</span>}{" "}
                {formatNumber(value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

/** A step as a file writes it: `size minVox 50`. */
function entryText({ type, ...options }: Entry): string {
  const parts = Object.entries(options)
    .map(([name, value]) => ` ${name} ${valueText(value)}`);
  return `${type}${parts.join(",")}`;
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : `${value}`;
}
