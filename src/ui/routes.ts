import {
  countsText,
  gatherReport,
  jobsHtml,
  report,
  rowsHtml,
  runPage,
  runsPage,
  type Show,
  shows,
} from "@/report/mod.ts";
import { actions } from "./actions.ts";
import { eventStream, type LiveEvent } from "./events.ts";
import type { Jobs } from "./jobs.ts";
import type { Route, UiPlace, UiRequest } from "./place.ts";
import { experimentsBelow } from "./experiments.ts";
import { runNews } from "./run_events.ts";
import { searchRuns } from "./search.ts";

/** Every address of the live page; add an entry for another one. */
export const routes: readonly Route[] = [
  { method: "GET", path: "", answer: pageOfRuns },
  { method: "GET", path: "run", answer: pageOfRun },
  { method: "GET", path: "compare", answer: comparison },
  { method: "GET", path: "search", answer: search },
  { method: "GET", path: "events", answer: events },
  { method: "POST", path: "act", answer: act },
];

function pageOfRuns(asked: UiRequest, place: UiPlace): Response {
  const show = showOf(asked);
  const { runs, scores, version } = place.watch.table(show);
  return html(
    runsPage({
      ...{ folder: place.folder, show, runs, scores, jobs: place.jobs.all },
      silence: place.watch.silence,
      experiments: experimentsBelow(place.callerFolder),
    }, {
      ...serverOf(asked, place),
      version,
    }),
  );
}

function pageOfRun(asked: UiRequest, place: UiPlace): Response | null {
  const { watch, records } = place;
  const run = watch.run(asked.rest[0] ?? "");
  if (!run) return null;
  // Read before the data: what comes in between is told twice, never not at all.
  const { known, data: { parts, measured } } = runNews(records, {
    run,
    known: null,
  });
  const data = gatherReport(records, [run.id]);
  const server = { ...serverOf(asked, place), version: known };
  return html(
    runPage(data, { run, server, parts, measured, jobs: place.jobs.all }),
  );
}

/** The report of exactly some runs. */
function comparison({ url }: UiRequest, { records }: UiPlace): Response {
  const ids = url.searchParams.getAll("run");
  return html(report(gatherReport(records, ids)));
}

function search(asked: UiRequest, { records, knows }: UiPlace): Response {
  const show = showOf(asked);
  const text = asked.url.searchParams.get("text") ?? "";
  return Response.json({ hits: searchRuns(records, { show, text, knows }) });
}

/** The most bytes that a page sends. */
const mostBytes = 1e6;

async function act(
  { request, rest }: UiRequest,
  place: UiPlace,
): Promise<Response | null> {
  const action = actions.find(({ name }) => name === rest[0]);
  const bytes = Number(request.headers.get("content-length") ?? Infinity);
  if (!action || !(bytes <= mostBytes)) return null;
  const done = await action.act(await request.json(), place);
  place.watch.look();
  return Response.json({ done });
}

/** Tells a page of one run, or of all, what is new to it. */
function events(asked: UiRequest, place: UiPlace): Response {
  const { searchParams } = asked.url;
  const heard = asked.request.headers.get("last-event-id") ??
    searchParams.get("since");
  const run = searchParams.get("run");
  return run === null
    ? eventsOfRuns(showOf(asked), place, heard)
    : eventsOfRun(run, place, heard);
}

function eventsOfRun(
  id: string,
  { watch, records, jobs, signal }: UiPlace,
  heard: string | null,
): Response {
  return eventStream(signal, (send) => {
    let known = heard, told = "";
    const tellJobs = jobTeller(jobs, send);
    const tell = () => {
      tellJobs(known ?? "");
      const run = watch.run(id);
      if (!run) return;
      const news = runNews(records, { run, known });
      const { parts, head } = news.data;
      if (news.known === known && told === parts + head) return;
      known = news.known;
      told = parts + head;
      send({ name: "run", id: known, data: news.data });
    };
    const end = watch.follow(tell);
    tell();
    return end;
  });
}

function eventsOfRuns(
  show: Show,
  { watch, jobs, signal }: UiPlace,
  heard: string | null,
): Response {
  return eventStream(signal, (send) => {
    let version = Number(heard);
    const tellJobs = jobTeller(jobs, send);
    const tell = () => {
      tellJobs(`${version}`);
      const table = watch.table(show);
      if (table.version === version) return;
      const { runs, gone } = table.since(version);
      version = table.version;
      send({
        name: "rows",
        id: `${version}`,
        data: {
          rows: rowsHtml(runs, table.scores),
          gone,
          counts: countsText(table.runs, watch.silence),
          scores: table.scores.join(),
        },
      });
    };
    const end = watch.follow(tell);
    tell();
    return end;
  });
}

/** What tells of commands that were started from pages, whenever they are otherwise. */
function jobTeller(
  jobs: Jobs,
  send: (event: LiveEvent) => void,
): (id: string) => void {
  let told = "";
  return (id) => {
    const html = jobsHtml(jobs.all);
    if (html === told) return;
    told = html;
    send({ name: "jobs", id, data: { html } });
  };
}

function showOf({ url }: UiRequest): Show {
  const asked = url.searchParams.get("show");
  return shows.find((show) => show === asked) ?? "current";
}

function serverOf({ base }: UiRequest, { token }: UiPlace) {
  return { base: `${new URL(base).pathname}/`, token };
}

function html(page: string): Response {
  return new Response(page, {
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
