import { ExperimentError, type Served, serveLoopback } from "@/core/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { guardHeaders, refusalOf } from "./guard.ts";
import type { UiOptions, UiPlace } from "./place.ts";
import { routes } from "./routes.ts";
import { Watch } from "./watch.ts";

/**
 * Serves the live page of a results folder, which is made if it is not there.
 *
 * @throws {ExperimentError} If the port or the records cannot be had.
 */
export function serveUi(options: UiOptions): Served {
  const { folder, port, signal, onError } = options;
  openRecords(folder)[Symbol.dispose](); // makes or migrates them
  const records = openRecords(folder, { readOnly: true });
  const watch = new Watch(records, { isStopping: () => false, onError });
  const token = crypto.randomUUID();
  const place: UiPlace = { ...options, records, watch, token };
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
        return Response.json({ fault: error.toString() });
      }
    },
  );
  const finished = served.finished.finally(() => {
    watch[Symbol.dispose]();
    records[Symbol.dispose]();
  });
  return { ...served, finished };
}

function text(body: string, status: number): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}
