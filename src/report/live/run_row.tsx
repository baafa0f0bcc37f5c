import type { VNode } from "preact";
import { formatDuration, formatNumber, formatTime } from "../format.ts";
import type { MetricFacts } from "../data.ts";
import { Tags } from "../part/about.tsx";
import { StateBadge } from "../part/badge.tsx";
import { MarkNote } from "../part/mark_note.tsx";
import type { LiveRun } from "./data.ts";
import { RunProgressBar } from "./run_progress.tsx";

/** A run as a row of the table of all. */
export function RunRow(
  { run, facts }: {
    run: LiveRun;
    /** What is known of each number that is shown. */
    facts: readonly Pick<MetricFacts, "unit">[];
  },
): VNode {
  const { id, label, state, reason, scores, seed, startedAt, finishedAt } = run;
  const { isRecorded, tags, note, group } = run;
  const isOver = startedAt !== null && finishedAt !== null;
  const tookMs = isOver ? Date.parse(finishedAt) - Date.parse(startedAt) : NaN;
  return (
    <tr {...factsFor(run)}>
      <td class="no-copy needs-script">
        {isRecorded && (
          <input
            type="checkbox"
            data-choose
            aria-label={`Choose ${label}, ${id}`}
            autocomplete="off"
          />
        )}
      </td>
      <th scope="row" data-value={label}>
        <RunLink run={run} />
        <MarkNote group={group} note={note} />
      </th>
      <td data-value={state}>
        <StateBadge state={state} />
        {reason !== null && <span class="hidden">{reason}</span>}
        <RunProgressBar run={run} />
      </td>
      {scores.map((value, i) => (
        <td
          key={i}
          class="number"
          {...value !== null && Number.isFinite(value) && {
            "data-value": value,
          }}
        >
          {formatNumber(value, facts[i]!.unit)}
        </td>
      ))}
      <td class="number" data-value={seed ?? undefined}>{seed ?? "–"}</td>
      <td data-value={startedAt ?? undefined}>
        {startedAt === null ? "–" : formatTime(startedAt)}
      </td>
      <td
        class="number"
        {...!Number.isNaN(tookMs) && { "data-value": tookMs / 1000 }}
      >
        {isOver ? formatDuration(startedAt, finishedAt) : "–"}
      </td>
      <td>
        <Tags tags={tags} />
      </td>
    </tr>
  );
}

/** What actions need to know of a run. */
export function factsFor(
  { id, state, awayAt, note, group, tags }: LiveRun,
): Readonly<Record<string, string | undefined>> {
  return {
    "data-id": id,
    "data-state": state,
    "data-away": awayAt ?? undefined,
    "data-note": note ?? undefined,
    "data-group": group ?? undefined,
    "data-tags": tags.join(", ") || undefined,
  };
}

/** What leads to the page of one run. */
function RunLink(
  { run: { id, label, awayAt, isRecorded } }: { run: LiveRun },
): VNode {
  return (
    <>
      {isRecorded && awayAt === null
        ? <a href={`run/${encodeURIComponent(id)}`}>{label}</a>
        : label}
      <small class="run-id">{id}</small>
    </>
  );
}
