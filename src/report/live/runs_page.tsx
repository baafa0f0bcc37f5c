import type { VNode } from "preact";
import { documentOf, Frame } from "../part/frame.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { Connection, ServerEnded } from "./connection.tsx";
import type { LiveRuns, LiveServer, Show } from "./data.ts";
import { ActionBar } from "./action_bar.tsx";
import { Dialogs } from "./dialogs.tsx";
import { JobList } from "./job_list.tsx";
import { StartForm } from "./start_form.tsx";
import { RunsTable } from "./runs_table.tsx";

/** The page of all runs, which follows them while they train. */
export function runsPage(data: LiveRuns, server: LiveServer): string {
  return documentOf(
    <Frame page="runs" title={titles[data.show]} parts={[]}>
      <InlineData
        id="live-data"
        value={{ ...server, shown: { show: data.show } }}
      />
      <Counts {...data} />
      <ServerEnded again={server.again} />
      <Search {...data} />
      <StartForm experiments={data.experiments} />
      <p id="said" role="status" class="said" hidden />
      <div id="jobs">
        <JobList jobs={data.jobs} />
      </div>
      <div class="runs">
        <NoRuns {...data} />
        <RunsTable {...data} />
      </div>
      <ActionBar show={data.show} isOfMany />
      <Dialogs />
    </Frame>,
  );
}

const titles: Readonly<Record<Show, string>> = {
  current: "Runs",
  archived: "Runs put aside",
  deleted: "Deleted runs",
};

/** Where the runs are, and how many stand how. */
function Counts({ folder, runs, silence }: LiveRuns): VNode {
  return (
    <p class="lead">
      <span id="counts">{countsText(runs, silence)}</span> in{" "}
      <code>{folder}</code>
      <Connection />
    </p>
  );
}

/** How many stand how: `12 runs, 2 running`; and what is not known of queues. */
export function countsText(
  runs: readonly Pick<LiveRuns["runs"][number], "state">[],
  silence: string,
): string {
  const states = Map.groupBy(runs, ({ state }) => state);
  const others = [...states].filter(([state]) => state !== "finished")
    .map(([state, some]) => `${some.length} ${state}`);
  const counts = [
    `${runs.length} run${runs.length === 1 ? "" : "s"}`,
    ...others,
  ];
  return [counts.join(", "), silence].filter(Boolean).join("; ");
}

function Search({ show }: LiveRuns): VNode {
  return (
    <form class="live-search needs-script" id="search" role="search">
      <label class="live-search-words">
        <span class="hidden">Search the runs</span>
        <input
          type="search"
          id="search-words"
          placeholder="Words, or a condition such as ap > 0.4 and tag = paper"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="search-found"
        />
      </label>
      <label class="select">
        <span>Show</span>
        <select data-show autocomplete="off">
          {Object.entries(shown).map(([value, text]) => (
            <option key={value} value={value} selected={value === show}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <span class="muted" id="search-found" role="status" />
    </form>
  );
}

const shown: Readonly<Record<Show, string>> = {
  current: "current runs",
  archived: "those put aside",
  deleted: "those deleted",
};

/** What is shown in place of the table while that has no row. */
function NoRuns({ show }: LiveRuns): VNode {
  return (
    <p class="empty">
      {show === "current"
        ? "No run yet. Start one here, or by deno task run FILE in a terminal: it shows up by itself."
        : show === "archived"
        ? "No run was put aside."
        : "No run was deleted that could be brought back."}
    </p>
  );
}
