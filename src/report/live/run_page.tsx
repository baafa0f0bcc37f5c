import { renderToString } from "preact-render-to-string";
import type { LogLine } from "@/record/mod.ts";
import type { ReportData } from "../data.ts";
import { openPage } from "../page.ts";
import { Chooser } from "../part/chooser.tsx";
import { documentOf, Frame } from "../part/frame.tsx";
import { InlineData } from "../part/inline_data.tsx";
import { LogLines } from "../part/log_lines.tsx";
import { ReportContent, shownSections } from "../report.tsx";
import { Connection, ServerEnded } from "./connection.tsx";
import { ActionBar } from "./action_bar.tsx";
import type { LiveJob, LiveRun, LiveServer } from "./data.ts";
import { Dialogs } from "./dialogs.tsx";
import { JobList } from "./job_list.tsx";
import { RunHead } from "./run_head.tsx";

/**
 * The page of one run, which follows it while it trains: its report, below where
 * it stands now.
 *
 * @param options.parts What tells which parts the page has: with others, it is to
 * be loaded again.
 */
export function runPage(
  data: ReportData,
  { run, server, parts, measured, jobs }: {
    readonly run: LiveRun;
    /** Tells what it was last measured to be: with another, that part is to be read again. */
    readonly measured: string;
    /** Commands that were started from the page. */
    readonly jobs: readonly LiveJob[];
    readonly server: LiveServer;
    readonly parts: string;
  },
): string {
  const page = openPage(data);
  const shown = shownSections(page);
  const live = { ...server, shown: { run: run.id, parts, measured } };
  return documentOf(
    <Frame
      page="run"
      title={run.label}
      parts={shown}
      aside={<Chooser page={page} />}
    >
      <p class="lead crumbs">
        <a href={server.base}>All runs</a>
        <code>{run.id}</code>
        <Connection />
      </p>
      <ServerEnded again={server.again} />
      <InlineData id="live-data" value={live} />
      <div id="run-head" class="run-head">
        <RunHead run={run} />
      </div>
      <ActionBar show={run.awayAt === null ? "current" : "archived"} />
      <p id="said" role="status" class="said" hidden />
      <div id="jobs">
        <JobList jobs={jobs} />
      </div>
      <Dialogs />
      <ReportContent page={page} shown={shown} />
    </Frame>,
  );
}

/** Where a run stands now, as HTML. */
export function runHeadHtml(run: LiveRun): string {
  return renderToString(<RunHead run={run} />);
}

/** Lines of a log as HTML. */
export function logHtml(lines: readonly LogLine[]): string {
  return renderToString(<LogLines lines={lines} />);
}
