import {
  countsText,
  rowsHtml,
  runsPage,
  type Show,
  shows,
} from "@/report/mod.ts";
import { eventStream } from "./events.ts";
import type { Route, UiPlace, UiRequest } from "./place.ts";
import { searchRuns } from "./search.ts";

/** Every address of the live page; add an entry for another one. */
export const routes: readonly Route[] = [
  { method: "GET", path: "", answer: pageOfRuns },
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

function search(asked: UiRequest, { records, knows }: UiPlace): Response {
  const show = showOf(asked);
  const text = asked.url.searchParams.get("text") ?? "";
  return Response.json({ hits: searchRuns(records, { show, text, knows }) });
}

function events(asked: UiRequest, { watch, signal }: UiPlace): Response {
  const show = showOf(asked);
  const heard = asked.request.headers.get("last-event-id") ??
    asked.url.searchParams.get("since");
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
