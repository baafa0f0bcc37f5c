import { gatherReport, report, runPage, runsPage } from "@/report/mod.ts";
import { actions } from "./actions.ts";
import { experimentsBelow } from "./experiments.ts";
import { follow } from "./follow.ts";
import { type Route, showOf, type UiPlace, type UiRequest } from "./place.ts";
import { runNews } from "./run_events.ts";
import { searchRuns } from "./search.ts";

/** Every address of the live page; add an entry for another one. */
export const routes: readonly Route[] = [
  { method: "GET", path: "", answer: pageOfRuns },
  { method: "GET", path: "run", answer: pageOfRun },
  { method: "GET", path: "compare", answer: comparison },
  { method: "GET", path: "search", answer: search },
  { method: "GET", path: "events", answer: follow },
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

function search(
  asked: UiRequest,
  { records, watch, knows }: UiPlace,
): Response {
  const show = showOf(asked);
  const text = asked.url.searchParams.get("text") ?? "";
  const { runs: rows } = watch.table(show);
  const hits = searchRuns(records, { show, rows, text, knows });
  return Response.json({ hits });
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

function serverOf({ base }: UiRequest, { token, command }: UiPlace) {
  const { pathname, port } = new URL(base);
  return { base: `${pathname}/`, token, again: `${command} --port ${port}` };
}

function html(page: string): Response {
  return new Response(page, {
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}
