import type { ComponentChildren, VNode } from "preact";
import { verdictText } from "@/record/mod.ts";
import { formatNumber, formatTime, plural } from "../format.ts";
import { improvementText } from "../cell/improvement_text.ts";
import { shareOf } from "../facts.ts";
import { bestScore, factsOf, type Page, type PageRun } from "../page.ts";
import { bestBefore } from "../best_so_far.ts";
import { Bar } from "./bar.tsx";
import { OfAll } from "./of_all.tsx";
import { RunName } from "./run_name.tsx";
import { RunTable } from "./run_table.tsx";

/** The figures a reader wants first, then every run with its state. */
export function Overview({ page }: { page: Page }): VNode {
  if (page.runs.length === 0) {
    return <p class="empty">No runs are in this report.</p>;
  }
  return (
    <>
      <div class="tiles">
        <BestTile page={page} />
        <RunsTile runs={page.runs} />
        <SeedsTile runs={page.runs} />
        <RepeatTile runs={page.runs} />
      </div>
      <RunTable page={page} />
    </>
  );
}

function Tile(
  { id, name, value, children }: {
    /** What the page's script finds it by. */
    id?: string;
    name: string;
    value: string;
    children: ComponentChildren;
  },
): VNode {
  return (
    <div class="tile" id={id}>
      <h2>{name}</h2>
      <p class="tile-value">{value}</p>
      <div class="tile-more">{children}</div>
    </div>
  );
}

function BestTile({ page }: { page: Page }): VNode {
  const best = bestScore(page);
  const facts = factsOf(page, page.ranking.name);
  if (!best) {
    return (
      <Tile name={`Best ${facts.label}`} value="–">
        not measured yet
      </Tile>
    );
  }
  const darkness = best.volume.baseline?.[page.ranking.name];
  const share = shareOf(best.value, facts);
  const before = bestBefore(page);
  return (
    <Tile
      id="best-tile"
      name={`Best ${best.volume.split} ${facts.label}`}
      value={formatNumber(best.value, facts.unit)}
    >
      <RunName run={best.score.run} />
      {page.runs.length > 1 && (
        <span class="improvement" hidden={!before}>
          {before &&
            improvementText(
              { gain: before.gain, label: before.run.label },
              facts.unit,
            )}
        </span>
      )}
      {typeof darkness === "number" && (
        <span class="against" data-volume={page.volumes.indexOf(best.volume)}>
          {share !== null && (
            <Bar
              class="scale"
              value={share}
              tick={shareOf(darkness, facts)}
              size={[160, 6]}
            />
          )}
          <span>darkness alone {formatNumber(darkness, facts.unit)}</span>
        </span>
      )}
    </Tile>
  );
}

function RunsTile({ runs }: { runs: readonly PageRun[] }): VNode {
  const experiments = [...new Set(runs.map(({ run }) => run.experiment))];
  const states = Map.groupBy(runs, ({ run }) => run.state);
  return (
    <Tile id="runs-tile" name="Runs" value={formatNumber(runs.length)}>
      <span>
        {experiments.length <= 3
          ? experiments.join(", ")
          : plural(experiments.length, "experiment")}
      </span>
      <span>
        {[...states].map(([state, of]) => `${of.length} ${state}`).join(" · ")}
        <OfAll runs={runs.length} />
      </span>
    </Tile>
  );
}

function SeedsTile({ runs }: { runs: readonly PageRun[] }): VNode {
  const seeds = [...new Set(runs.map(({ run }) => run.seed))]
    .sort((a, b) => a - b);
  const first = runs.map(({ run }) => run.startedAt).sort()[0]!;
  const last = runs.map(({ run }) => run.finishedAt ?? run.startedAt).sort()
    .at(-1)!;
  const from = formatTime(first), to = formatTime(last);
  const end = from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to;
  return (
    <Tile
      name={seeds.length === 1 ? "Seed" : "Seeds"}
      value={seeds.length <= 4 ? seeds.join(", ") : formatNumber(seeds.length)}
    >
      <span>
        {from} to {end} UTC<OfAll runs={runs.length} />
      </span>
    </Tile>
  );
}

function RepeatTile({ runs }: { runs: readonly PageRun[] }): VNode {
  const checked = runs.filter(({ run }) => run.verdict !== null);
  const same = checked.filter(({ run }) => run.verdict!.isIdentical);
  const hashes = runs.reduce((n, run) => n + run.weightHashes, 0);
  const value = checked.length === 0
    ? "Not checked"
    : same.length === checked.length
    ? "Bit for bit"
    : "Not the same";
  return (
    <Tile name="Repetition" value={value}>
      {checked.length === 0
        ? (
          <span>
            {plural(hashes, "weight hash", "weight hashes")}{" "}
            recorded for a rerun<OfAll runs={runs.length} />
          </span>
        )
        : checked.length === 1
        ? <span>{verdictText(checked[0]!.run.verdict!)}</span>
        : (
          <span>
            {same.length} of {plural(checked.length, "rerun")} identical
            <OfAll runs={runs.length} />
          </span>
        )}
    </Tile>
  );
}
