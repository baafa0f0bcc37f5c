import { renderToString } from "preact-render-to-string";
import type { LiveRun } from "./data.ts";
import { RunRow } from "./run_row.tsx";
import { factsOfAll } from "./runs_table.tsx";

/** The rows of some runs as HTML, by their ids. */
export function rowsHtml(
  runs: readonly LiveRun[],
  scores: readonly string[],
): Readonly<Record<string, string>> {
  const facts = factsOfAll(scores);
  return Object.fromEntries(
    runs.map((run) => [
      run.id,
      renderToString(<RunRow run={run} facts={facts} />),
    ]),
  );
}
