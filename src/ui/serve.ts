import { ExperimentError, type Served, serveLoopback } from "@/core/mod.ts";
import { hasRecords, openRecords, readRecords } from "@/record/mod.ts";
import type { LiveJob } from "@/report/mod.ts";
import { guardHeaders, refusalOf } from "./guard.ts";
import type { UiOptions, UiPlace } from "./place.ts";
import { Jobs } from "./jobs.ts";
import { routes } from "./routes.ts";
import { Stops } from "./stops.ts";
import { Watch } from "./watch.ts";

/** A live page that is being served. */
export interface ServedUi extends Served {
  /** Commands that were started from it, as they stand when asked. */
  readonly jobs: {
    /** Those that have not ended. */
    readonly going: readonly LiveJob[];
    /** Those whose turn has not come, as a user would type them. */
    readonly waiting: readonly string[];
  };
}

/**
 * Serves the live page of a results folder, which is made if it is not there.
 *
 * @throws {ExperimentError} If the port or the records cannot be had.
 */
export function serveUi(options: UiOptions): ServedUi {
  const { folder, projectFolder, callerFolder, dataRoots } = options;
  const { port, signal, onError } = options;
  if (!hasRecords(folder)) openRecords(folder)[Symbol.dispose](); // makes them
  const records = readRecords(folder);
  const stops = new Stops(records);
  const watch = new Watch(records, {
    isStopping: (id) => stops.has(id),
    onError,
  });
  const jobs = new Jobs({
    ...{ projectFolder, callerFolder, stops },
    options: [
      `--results=${folder}`,
      ...dataRoots.map((root) => `--data-root=${root}`),
    ],
    onChange: () => watch.tell(),
  });
  const token = crypto.randomUUID();
  const place: UiPlace = { ...options, records, watch, jobs, stops, token };
  const served = serveLoopback(
    { port, signal, headers: guardHeaders, onError },
    async (request, asked) => {
      const refusal = refusalOf(request, { token });
      if (refusal !== null) return text(`Refused: ${refusal}\n`, 403);
      const [first = "", ...rest] = asked.path;
      const route = routes.find(({ method, path }) =>
        method === request.method && path === first
      );
      try {
        const { base } = served;
        return await route?.answer({ request, ...asked, rest, base }, place) ??
          text("There is no such page\n", 404);
      } catch (error) {
        if (!(error instanceof ExperimentError)) throw error;
        return request.headers.get("sec-fetch-dest") === "document"
          ? text(`${error}\n`, 500)
          : Response.json({ fault: error.toString() });
      }
    },
  );
  const finished = served.finished.finally(() => {
    watch[Symbol.dispose]();
    records[Symbol.dispose]();
  });
  return { ...served, finished, jobs };
}

function text(body: string, status: number): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
