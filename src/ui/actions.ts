import { z } from "zod";
import { ExperimentError } from "@/core/mod.ts";
import {
  checkMarkName,
  openRecords,
  type Records,
  type RunSummary,
} from "@/record/mod.ts";
import { experimentsBelow } from "./experiments.ts";
import type { UiPlace } from "./place.ts";

/** Something that pages have done; add an entry for another one. */
export interface Action {
  /** What it is called in addresses. */
  readonly name: string;
  /** Does it, and says what was done. */
  act(body: unknown, place: UiPlace): Promise<string> | string;
}

const names = z.array(z.string()).max(100).default([]);

const nothing = z.object({});

/** Every action. */
export const actions: readonly Action[] = [
  ofRuns("mark", {
    schema: z.object({
      add: names,
      remove: names,
      note: z.string().max(10_000).nullable().exactOptional(),
      group: z.string().nullable().exactOptional(),
    }),
    act(runs, { records, body }) {
      for (const name of [...body.add, body.group ?? []].flat()) {
        checkMarkName(name);
      }
      records.collection.mark(runs, body);
      return `Marked ${counted(runs)}`;
    },
  }),
  ofRuns("archive", {
    schema: nothing,
    act(runs, { records }) {
      records.collection.archive(runs);
      return `Put ${counted(runs)} aside`;
    },
  }),
  ofRuns("restore", {
    schema: nothing,
    act(runs, { records }) {
      records.collection.restore(runs);
      return `Brought ${counted(runs)} back`;
    },
  }),
  ofRuns("delete", {
    schema: nothing,
    act(runs, { records }) {
      records.collection.delete(runs);
      return `Deleted ${
        counted(runs)
      }; they can be brought back until deno task clean`;
    },
  }),
  ofRuns("dependents", {
    schema: nothing,
    act: (runs, { records }) =>
      records.collection.dependents(runs)
        .map(({ run, how, of }) => `${run} ${how} ${of}`).join("\n"),
  }),
  ofRuns("stop", {
    schema: nothing,
    async act(runs, { place: { stops } }) {
      for (const { id } of runs) await stops.stop(id);
      return `Asked ${counted(runs)} to stop after the step`;
    },
  }),
  ofRuns("resume", {
    schema: nothing,
    act(runs, { place: { jobs } }) {
      const [first, ...then] = runs.map(({ id }) => ["resume", id]);
      jobs.start(first!, ...then);
      return `Resuming ${counted(runs)}, one after the other`;
    },
  }),
  ofRuns("rerun", {
    schema: nothing,
    act(runs, { place: { jobs } }) {
      jobs.start(["rerun", ...runs.map(({ id }) => id)]);
      return `Repeating ${counted(runs)}`;
    },
  }),
  {
    name: "start",
    act: (body, place) => start(read(startSchema, body), place),
  },
  {
    name: "stopJob",
    act(body, { jobs }) {
      const { job } = read(z.object({ job: z.number() }), body);
      return jobs.stop(job)
        ? "Asked it to stop after its step"
        : "It was asked to stop before, or has ended";
    },
  },
];

const runsSchema = z.object({ runs: z.array(z.string()).min(1) });

/** An action upon runs, with the records open to be written. */
function ofRuns<Body>(
  name: string,
  { schema, act }: {
    readonly schema: z.ZodType<Body>;
    readonly act: (
      runs: readonly RunSummary[],
      means: {
        readonly records: Records;
        readonly body: Body;
        readonly place: UiPlace;
      },
    ) => Promise<string> | string;
  },
): Action {
  return {
    name,
    async act(given, place) {
      const { runs } = read(runsSchema, given);
      const body = read(schema, given);
      using records = openRecords(place.folder);
      return await act(runsOf(records, runs), { records, body, place });
    },
  };
}

/** The runs of some ids, those too that are archived or deleted. */
function runsOf(
  { collection }: Records,
  ids: readonly string[],
): readonly RunSummary[] {
  const among = new Set(ids);
  const runs = [false, true].flatMap((deleted) =>
    collection.select({ among, archived: true, deleted }).runs
  );
  const missing = ids.find((id) => !runs.some((run) => run.id === id));
  if (missing === undefined) return runs;
  throw new ExperimentError(`Cannot find the run "${missing}"`, {
    where: "the live page",
    fix: "Load the page again",
  });
}

const startSchema = z.object({
  file: z.string(),
  seed: z.number().int().nonnegative().nullable(),
  set: z.array(z.string()).max(100),
});

function start(
  { file, seed, set }: z.output<typeof startSchema>,
  { jobs, callerFolder }: UiPlace,
): string {
  if (!experimentsBelow(callerFolder).includes(file)) {
    throw new ExperimentError(
      `Cannot start "${file}": it is no experiment file below this folder`,
      {
        where: callerFolder,
        fix: "Choose one of the list, or start deno task ui where the file is",
      },
    );
  }
  jobs.start([
    ...["run", `./${file}`],
    ...seed === null ? [] : [`--seed=${seed}`],
    ...set.map((one) => `--set=${one}`),
  ]);
  return `Started ${file}`;
}

/**
 * What a page sent, by its form.
 *
 * @throws {ExperimentError} If it is otherwise.
 */
function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const { data, error } = schema.safeParse(body);
  if (!error) return data;
  throw new ExperimentError("Cannot read what the page asks for", {
    where: z.prettifyError(error).replaceAll("\n", "; "),
    fix: "Load the page again",
  });
}

function counted({ length }: readonly unknown[]): string {
  return length === 1 ? "1 run" : `${length} runs`;
}
