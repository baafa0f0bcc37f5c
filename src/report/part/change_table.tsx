import type { VNode } from "preact";
import type { Ranking } from "@/core/mod.ts";
import { foremostNames } from "@/metric/mod.ts";
import type { Variant } from "@/record/mod.ts";
import type { MetricFacts } from "../data.ts";
import { formatP } from "../format.ts";
import { holm } from "../holm.ts";
import type { PageMatrix, PageRun, VolumeScores } from "../page.ts";
import { type Difference, pairedDifference } from "../paired.ts";
import { type Change, changesOf } from "../variants.ts";
import { type Column, Direction } from "./columns.tsx";
import { SortHead } from "./sort_head.tsx";
import { signed } from "./signed.ts";
import { Forest, type Range } from "./strip.tsx";
import { TableBox } from "./table_box.tsx";
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
  const rows = changes.map((change) => ({
    change,
    differences: drawn.map(({ name }) =>
      pairedDifference(
        valuesOf(change.to, { volume, metric: name }),
        valuesOf(change.from, { volume, metric: name }),
      )
    ),
  }));
  const corrected = drawn.map((_, i) =>
    holm(rows.map(({ differences }) => differences[i]?.p ?? null))
  );
  const ranges = drawn.map((_, i) =>
    rangeOf(rows.flatMap(({ differences }) => differences[i] ?? []))
  );
  const hasShared = changes.some(({ shared }) =>
    Object.keys(shared).length > 0
  );
  return (
    <TableBox label="Changes" isLong={rows.length > mostRows}>
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
          {rows.map(({ change, differences }, i) => (
            <tr
              data-group={groupOf(change.to)}
              class={i > 0 && changes[i - 1]!.axis !== change.axis
                ? "is-first"
                : undefined}
            >
              <ChangeName change={change} />
              {hasShared && <Shared shared={change.shared} />}
              <td class="number" data-value={differences[0]?.each.length ?? 0}>
                {differences[0]?.each.length ?? 0}
              </td>
              {differences.map((difference, column) => (
                <DifferenceCell
                  difference={difference}
                  p={corrected[column]![i]!}
                  facts={drawn[column]!.facts}
                  range={ranges[column]!}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
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

function DifferenceCell(
  { difference, p, facts, range }: {
    difference: Difference | null;
    /** Corrected for the number of comparisons. */
    p: number | null;
    facts: MetricFacts;
    range: Range;
  },
): VNode {
  if (!difference) return <td class="strip-column muted">–</td>;
  const { mean, each, interval, effect } = difference;
  const unit = facts.unit;
  return (
    <td
      class="strip-column"
      data-value={mean}
      data-more={interval
        ? JSON.stringify({ low: interval[0], high: interval[1], p, g: effect })
        : undefined}
      title={`pair by pair: ${each.map((d) => signed(d, unit)).join(", ")}`}
    >
      <Forest
        class={toneOf(mean, { p, facts })}
        each={each}
        mean={mean}
        interval={interval}
        range={range}
      />
      <span class="strip-text">
        {signed(mean, unit)}{" "}
        <span class="muted">
          {interval
            ? `[${interval.map((end) => signed(end, unit)).join(", ")}]`
            : `one pair, no interval`}
        </span>
      </span>
      {p !== null && (
        <small class="strip-test muted">
          p {formatP(p)}
          {effect !== null &&
            `, g ${effect < 0 ? "−" : "+"}${Math.abs(effect).toFixed(1)}`}
        </small>
      )}
    </td>
  );
}

/** Below this a difference is called one. */
const significance = 0.05;

/** Good or bad only where that is no chance, of all comparisons together. */
function toneOf(
  mean: number,
  { p, facts: { better } }: { p: number | null; facts: MetricFacts },
): "is-good" | "is-bad" | "is-open" {
  if (p === null || !(p < significance)) return "is-open";
  return (mean > 0) === (better === "higher") ? "is-good" : "is-bad";
}

/** About zero, so that means and dots are seen; intervals may be cut. */
function rangeOf(differences: readonly Difference[]): Range {
  const dots = differences.flatMap(({ each }) => each).map(Math.abs);
  const ends = differences.flatMap(({ interval }) => interval ?? [])
    .map(Math.abs);
  const furthest = Math.max(0, ...dots);
  const reach = Math.max(
    furthest,
    Math.min(Math.max(0, ...ends), 3 * furthest),
  );
  return reach === 0 ? [-1, 1] : [-1.05 * reach, 1.05 * reach];
}
