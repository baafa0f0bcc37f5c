import { countsText, jobsHtml, rowsHtml, type Show } from "@/report/mod.ts";
import { eventStream, type LiveEvent } from "./events.ts";
import type { Jobs } from "./jobs.ts";
import { showOf, type UiPlace, type UiRequest } from "./place.ts";
import { runNews } from "./run_events.ts";

/** Tells a page of one run, or of all, what is new to it. */
export function follow(asked: UiRequest, place: UiPlace): Response {
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
      const { parts, measured, head } = news.data;
      const now = parts + measured + head;
      if (news.known === known && told === now) return;
      known = news.known;
      told = now;
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
      const html = rowsHtml(runs, table.scores);
      send({
        name: "rows",
        id: `${version}`,
        data: {
          rows: runs.map(({ id }) => ({
            ...{ id, html: html[id], above: table.above(id) },
          })),
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
