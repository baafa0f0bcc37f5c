import {
  countsText,
  gatherReport,
  rowsHtml,
  runPage,
  runsPage,
  type Show,
  shows,
} from "@/report/mod.ts";
import { eventStream } from "./events.ts";
import type { Route, UiPlace, UiRequest } from "./place.ts";
import { runNews } from "./run_events.ts";
import { searchRuns } from "./search.ts";

/** Every address of the live page; add an entry for another one. */
export const routes: readonly Route[] = [
  { method: "GET", path: "", answer: pageOfRuns },
  { method: "GET", path: "run", answer: pageOfRun },
  { method: "GET", path: "search", answer: search },
  { method: "GET", path: "events", answer: events },
];

function pageOfRuns(asked: UiRequest, place: UiPlace): Response {
  const show = showOf(asked);
  const { runs, scores, version } = place.watch.table(show);
  return html(
    runsPage({ folder: place.folder, show, runs, scores }, {
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
  const { known, data: { parts } } = runNews(records, { run, known: null });
  const data = gatherReport(records, [run.id]);
  const server = { ...serverOf(asked, place), version: known };
  return html(runPage(data, { run, server, parts }));
}

function search(asked: UiRequest, { records, knows }: UiPlace): Response {
  const show = showOf(asked);
  const text = asked.url.searchParams.get("text") ?? "";
  return Response.json({ hits: searchRuns(records, { show, text, knows }) });
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
  { watch, records, signal }: UiPlace,
  heard: string | null,
): Response {
  return eventStream(signal, (send) => {
    let known = heard, told = "";
    const tell = () => {
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
  { watch, signal }: UiPlace,
  heard: string | null,
): Response {
  return eventStream(signal, (send) => {
    let version = Number(heard);
    const tell = () => {
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
          counts: countsText(table.runs),
          scores: table.scores.join(),
        },
      });
    };
    const end = watch.follow(tell);
    tell();
    return end;
  });
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
