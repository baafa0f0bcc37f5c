import type { VNode } from "preact";
import { numbersOf } from "../numbers.ts";
import type { Page } from "../page.ts";
import { dashes } from "../palette.ts";
import {
  bestGroups,
  groupsOf,
  hasSeeds,
  type RunGroup,
} from "../run_groups.ts";
import { InlineData } from "./inline_data.tsx";
import { RunKey } from "./run_name.tsx";

/** From so many runs on, a page begins with the best. */
const manyRuns = 13;

/** How many groups "best" means. */
const bestCount = 8;

/** What `client/runs.js` shows and hides. */
interface RunsData {
  readonly runs: readonly {
    readonly label: string;
    readonly colour: number;
    readonly dash: readonly number[];
    /** Its group, by number. */
    readonly group: number;
    /** Whether a mean over seeds counts it; a rerun repeats a number. */
    readonly counts: boolean;
  }[];
  readonly groups: readonly string[];
  /** The best groups, by number. */
  readonly best: readonly number[];
  /** Whether the page begins with those. */
  readonly beginsWithBest: boolean;
}

/** Chooses the runs that the whole page shows, by groups that differ in nothing but the seed. */
export function Chooser({ page }: { page: Page }): VNode {
  const groups = groupsOf(page);
  const best = bestGroups(page).slice(0, bestCount)
    .map(({ runs }) => runs[0]!.group);
  const beginsWithBest = page.runs.length >= manyRuns &&
    groups.length > bestCount;
  return (
    <>
      <InlineData
        id="runs-data"
        value={dataOf(page, { groups, best, beginsWithBest })}
      />
      {page.runs.length > 1 && (
        <>
          <InlineData id="numbers-data" value={numbersOf(page)} />
          <Choices
            groups={groups}
            shown={beginsWithBest ? best : null}
          />
        </>
      )}
    </>
  );
}

function dataOf(
  { runs }: Page,
  { groups, best, beginsWithBest }: {
    readonly groups: readonly RunGroup[];
    readonly best: readonly number[];
    readonly beginsWithBest: boolean;
  },
): RunsData {
  const seen = new Set<string>();
  const counting = runs.toSorted((a, b) =>
    Number(a.run.rerunOf !== null) - Number(b.run.rerunOf !== null)
  ).filter(({ group, run }) => {
    const key = `${group} ${run.seed}`;
    return !seen.has(key) && seen.add(key);
  });
  return {
    runs: runs.map((run) => ({
      label: run.label,
      colour: run.colour,
      dash: dashes[run.dash]!,
      group: run.group,
      counts: counting.includes(run),
    })),
    groups: groups.map(({ label }) => label),
    best,
    beginsWithBest,
  };
}

function Choices(
  { groups, shown }: {
    groups: readonly RunGroup[];
    /** The groups to begin with; null for all. */
    shown: readonly number[] | null;
  },
): VNode {
  return (
    <details
      class="chooser needs-script"
      id="chooser"
      data-skip="the choice of runs"
    >
      <summary>
        Runs <span class="muted" id="chooser-count" />
      </summary>
      <div class="chooser-body">
        <input
          type="search"
          id="run-filter"
          placeholder="Filter by name"
          aria-label="Show only runs whose names have these words"
          autocomplete="off"
        />
        <p>
          <button type="button" data-show="all">All</button>
          {groups.length > bestCount &&
            <button type="button" data-show="best">Best {bestCount}</button>}
          <button type="button" data-show="none">None</button>
        </p>
        <ul>
          {groups.map((group) => (
            <Choice key={group.label} group={group} shown={shown} />
          ))}
        </ul>
      </div>
    </details>
  );
}

function Choice(
  { group, shown }: { group: RunGroup; shown: readonly number[] | null },
): VNode {
  const [first] = group.runs;
  return (
    <li>
      <label class="run-switch" title={group.label}>
        <input
          type="checkbox"
          data-group={first!.group}
          value={first!.run.id}
          checked={shown === null || shown.includes(first!.group)}
          autocomplete="off"
        />
        <RunKey
          run={hasSeeds(group) ? { ...first!, dash: groupDash(group) } : first!}
        />
        <span>{group.label}</span>
      </label>
      {group.runs.length > 1 && <Seeds group={group} />}
    </li>
  );
}

/** A switch for each run of a group, by its seed. */
function Seeds({ group: { runs } }: { group: RunGroup }): VNode {
  return (
    <span class="seeds">
      seed{" "}
      {runs.map((run) => (
        <label class="seed" key={run.index} title={run.label}>
          <input
            type="checkbox"
            data-run={run.index}
            value={run.run.id}
            checked
            aria-label={run.label}
            autocomplete="off"
          />
          {run.run.seed}
          {run.run.rerunOf !== null && " again"}
        </label>
      ))}
    </span>
  );
}

/** The dash of a group's mean: that of its runs where they share one, else none. */
function groupDash({ runs }: RunGroup): number {
  const [first] = runs;
  return runs.every(({ dash }) => dash === first!.dash) ? first!.dash : 0;
}
