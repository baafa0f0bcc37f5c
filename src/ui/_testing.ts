import {
  type NewRun,
  openRecords,
  type Recorder,
  type Records,
} from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { serveUi } from "./serve.ts";

/** The live page of a new folder, and what records in it. */
export interface TriedUi {
  /** The results folder. */
  readonly folder: string;
  /** What records. */
  readonly records: Records;
  /** What every address begins with. */
  readonly base: string;
  /** Asks for something below it. */
  get(path: string): Promise<string>;
  /** Has it do something, as its pages do; what it answers. */
  act(path: string, body: unknown): Promise<unknown>;
}

/** Serves a new results folder while `body` runs. */
export function withUi(
  body: (ui: TriedUi) => void | Promise<void>,
): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    const { base, finished } = serveUi({
      ...{ folder, port: 0, signal: stop.signal },
      ...{ projectFolder: folder, callerFolder: folder, dataRoots: [] },
      ...{ knows: () => false, command: "deno task ui --results r" },
      onError: (error) => errors.push(error),
    });
    using records = openRecords(folder);
    const get = async (path: string) =>
      await (await fetch(`${base}/${path}`)).text();
    try {
      await body({
        ...{ folder, records, base, get },
        async act(path, body) {
          const [, token] = /"token":"([^"]+)"/.exec(await get(""))!;
          const answer = await fetch(`${base}/${path}`, {
            method: "POST",
            headers: { "x-cleft-token": token! },
            body: JSON.stringify(body),
          });
          return await answer.json();
        },
      });
    } finally {
      stop.abort();
      await finished;
    }
    if (errors.length > 0) throw new AggregateError(errors);
  });
}

/** Records a run that goes on `meanwhile`, and then finishes; its id. */
export function recordRun(
  records: Records,
  { meanwhile = () => {}, ...changes }: Partial<NewRun> & {
    readonly meanwhile?: (recorder: Recorder) => void;
  } = {},
): string {
  using recorder = records.startRun(newRun(changes));
  meanwhile(recorder);
  recorder.finish("finished");
  return recorder.run.id;
}

/** The events of an address, one after the other, until the reader has enough. */
export async function* eventsOf(
  url: string,
): AsyncGenerator<{ name: string; id: string; data: unknown }> {
  const answer = await fetch(url);
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of answer.body!) {
    text += decoder.decode(bytes, { stream: true });
    const parts = text.split("\n\n");
    text = parts.pop()!;
    for (const part of parts) {
      const field = (name: string) =>
        new RegExp(`^${name}: (.*)$`, "m").exec(part)?.[1] ?? "";
      if (field("data") === "") continue;
      yield {
        name: field("event"),
        id: field("id"),
        data: JSON.parse(field("data")),
      };
    }
  }
}
