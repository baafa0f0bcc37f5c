import { metricLabel } from "@/metric/mod.ts";
import type { VNode } from "preact";
import { plural } from "../format.ts";
import type { Page, PageMatrix, PageRun } from "../page.ts";
import { ChangeTable } from "../part/change_table.tsx";
import { Precision } from "../part/precision.tsx";
import { columnsOf } from "../part/columns.tsx";
import { StateBadge } from "../part/badge.tsx";
import { VariantTable } from "../part/variant_table.tsx";
import { axesOf, changesOf } from "../variants.ts";
import { defineSection } from "./_section.ts";

/** The variants of a matrix over their seeds, and what each change does. */
export const ablation = defineSection({
  name: "ablation",
  summary: "Of a matrix: means over seeds by axis, and paired differences",
  options: {},
  create: () => ({
    id: "ablation",
    title: "Ablation",
    render: (page) =>
      page.matrix && !page.matrix.record.search
        ? <Ablation page={page} matrix={page.matrix} />
        : null,
  }),
});

function Ablation(
  { page, matrix }: { page: Page; matrix: PageMatrix },
): VNode {
  const volumes = page.volumes.filter(({ volume }) => volume !== null);
  const seeds = Math.max(...matrix.groups.map(({ bySeed }) => bySeed.size));
  return (
    <>
      <Lead matrix={matrix} />
      {volumes.map((volume) => {
        const columns = columnsOf(page, volume)
          .filter(({ facts }) => !facts.isSetting);
        return (
          <div class="volume" data-volume={page.volumes.indexOf(volume)}>
            <h3>
              {metricLabel(volume.split)}
              <code>{volume.volume}</code>
            </h3>
            <VariantTable
              page={page}
              matrix={matrix}
              volume={volume}
              columns={columns}
            />
            <ChangeTable
              ranking={page.ranking}
              matrix={matrix}
              volume={volume}
              columns={columns}
            />
            <Precision page={page} matrix={matrix} volume={volume} />
          </div>
        );
      })}
      {volumes.length > 0 && <Honesty matrix={matrix} seeds={seeds} />}
    </>
  );
}

/** What was run, and what is still missing. */
function Lead({ matrix: { record, groups } }: { matrix: PageMatrix }): VNode {
  const axes = axesOf(record);
  const runs = groups.flatMap(({ bySeed }) => [...bySeed.values()]);
  const finished = runs.filter((run) => run?.run.state === "finished").length;
  const seeds = [...new Set(groups.flatMap(({ bySeed }) => [...bySeed.keys()]))]
    .filter((seed) => seed !== "");
  return (
    <>
      <p class="lead">
        {plural(groups.length, "variant")}
        {axes.length > 0 && ` of ${axes.map(({ name }) => name).join(" × ")}`}
        {seeds.length > 0 &&
          `, with the ${seeds.length === 1 ? "seed" : "seeds"} ${
            seeds.join(", ")
          }`}: {finished === runs.length
          ? `all ${plural(runs.length, "run")} have finished.`
          : `${finished} of ${plural(runs.length, "run")} have finished.`}
      </p>
      {finished < runs.length && <Missing runs={runs} />}
    </>
  );
}

function Missing({ runs }: { runs: readonly (PageRun | null)[] }): VNode {
  const open = runs.filter((run) => run !== null)
    .filter(({ run }) => run.state !== "finished");
  const notRun = runs.filter((run) => run === null).length;
  return (
    <ul class="ablation-open">
      {open.slice(0, 12).map(({ index, label, run }) => (
        <li data-run={index}>
          <StateBadge state={run.state} /> {label}
        </li>
      ))}
      {open.length > 12 && <li class="muted">and {open.length - 12} more</li>}
      {notRun > 0 && (
        <li class="muted">{plural(notRun, "run")} not started yet</li>
      )}
    </ul>
  );
}

/** What the numbers can and cannot say. */
function Honesty(
  { matrix, seeds }: { matrix: PageMatrix; seeds: number },
): VNode {
  const comparisons = changesOf(matrix.record, matrix.groups).length;
  if (seeds < 2) {
    return (
      <p class="note">
        One run a variant: nothing here tells a difference from chance. An axis
        {" "}
        <code>seed: [1, 2, 3]</code> gives every number a spread.
      </p>
    );
  }
  return (
    <details>
      <summary>How to read these numbers</summary>
      <p class="note">
        Dots are single seeds. Means ± sample standard deviation (n − 1) over
        finished runs. A difference is the mean over pairs of runs with the same
        seed; its interval is that of Student’s t for so many pairs, which
        supposes that they scatter about normally. It covers what seeds change,
        not what other data would. g is the difference in standard deviations of
        a single run (Hedges).
        {comparisons > 1
          ? ` The intervals stand for themselves; p and the colours are corrected ` +
            `for the ${comparisons} comparisons of a column (Holm), fewer while runs are hidden.`
          : " p is that of the same test."}
      </p>
    </details>
  );
}
