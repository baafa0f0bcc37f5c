import type { VNode } from "preact";
import { seedAxis } from "@/record/mod.ts";
import { importanceOf, shareText, shareWidth } from "../options/importance.ts";
import { type VariedOption, variedOptions } from "../options/varied.ts";
import { factsOf, type Page, type PageRun } from "../page.ts";
import { Bar } from "../part/bar.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { Scroll } from "../part/scroll.tsx";
import { Parallel, type ParallelLine } from "../part/parallel.tsx";
import { bestGroups, hasSeeds } from "../run_groups.ts";
import { spreadOf } from "../spread.ts";
import { bestOnValidation, stepAfter } from "../trials.ts";
import { defineSection } from "./_section.ts";

/** How the options that were varied go with the score. */
export const options = defineSection({
  name: "options",
  summary: "Options against the score, and how much goes with each",
  options: {},
  create: () => ({
    id: "options",
    title: "Options",
    render(page) {
      const scores = scoresOf(page);
      const lines = linesOf(page, scores);
      const varied = variedOptions(page);
      const drawn = varied.filter(({ name, values }) =>
        name !== seedAxis &&
        new Set(lines.map(({ run }) => values[run.index])).size > 1
      );
      return lines.length < 3 || drawn.length === 0
        ? null
        : <Options page={page} scores={scores} {...{ lines, varied, drawn }} />;
    },
  }),
});

/** The samples after which all trials of a search are compared; null of others. */
function firstRung({ matrix }: Page): number | null {
  const { rungs = [] } = matrix?.record.search ?? {};
  return rungs.length > 1 ? rungs[0]!.volume : null;
}

/** What ranks, of each run on the first volume; NaN where it was not measured. */
function scoresOf(page: Page): number[] {
  const { runs, ranking, volumes: [volume] } = page;
  const rung = firstRung(page);
  if (rung !== null) {
    return runs.map((run) => {
      const upToStep = stepAfter(rung, run) ?? undefined;
      return bestOnValidation(run, ranking, { upToStep }) ?? NaN;
    });
  }
  const scores = new Map(
    volume?.scores.map(({ run, metrics }) => [run, metrics[ranking.name]]),
  );
  return runs.map((run) => scores.get(run) ?? NaN);
}

/** A line a group, best first. */
function linesOf(page: Page, scores: readonly number[]): ParallelLine[] {
  return bestGroups(page).flatMap((group) => {
    const measured = group.runs.map(({ index }) => scores[index]!)
      .filter(Number.isFinite);
    if (measured.length === 0) return [];
    const [first] = group.runs as [PageRun];
    return [{
      label: group.label,
      run: hasSeeds(group) && group.runs.some(({ dash }) => dash !== first.dash)
        ? { ...first, dash: 0 }
        : first,
      score: spreadOf(measured).mean,
    }];
  });
}

function Options(
  { page, scores, lines, varied, drawn }: {
    page: Page;
    scores: readonly number[];
    lines: readonly ParallelLine[];
    varied: readonly VariedOption[];
    drawn: readonly VariedOption[];
  },
): VNode {
  const { label: named, unit } = factsOf(page, page.ranking.name);
  const rung = firstRung(page);
  const label = rung === null ? named : `${named} after ${rung} samples`;
  const important = varied.map(({ name, values }, option) => ({
    ...{ name, option },
    share: importanceOf(values, scores),
  })).toSorted((a, b) => (b.share ?? -1) - (a.share ?? -1));
  return (
    <>
      <div class="options">
        <Scroll label="Options against the score">
          <Parallel options={drawn} lines={lines} score={{ label, unit }} />
        </Scroll>
        <div>
          <h3>Share of the scatter of {label}</h3>
          <ul class="importance">
            {important.map((one) => <Share key={one.name} {...one} />)}
          </ul>
        </div>
      </div>
      <p class="note">
        A share is what goes with an option by itself, without what chance puts
        there (ε²); the rest is the seed’s, or that of options together.
      </p>
      <InlineData
        id="options-data"
        value={{ scores, unit, values: varied.map(({ values }) => values) }}
      />
    </>
  );
}

function Share(
  { name, option, share }: {
    name: string;
    /** Its place among the options. */
    option: number;
    share: number | null;
  },
): VNode {
  return (
    <li data-option={option}>
      <code>{name}</code>
      <Bar value={share ?? 0} size={[shareWidth, 6]} />
      <span class="number">{shareText(share)}</span>
    </li>
  );
}
