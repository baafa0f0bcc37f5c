/**
 * Our side of the records benchmark: `our_records.ts CASE FOLDER SECONDS`; all
 * but writing wants the runs that `records.ts` left in the folder.
 *
 * @module
 */
import { join } from "node:path";
import { commands, dispatch, projectFolder } from "@/command/mod.ts";
import { machineSources, MachineWatch } from "@/machine/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { gatherReport, report } from "@/report/mod.ts";
import { firstPaintMs } from "./first_paint.ts";
import { millisecondsOfAll, tell } from "./measure.ts";
import { writeRun } from "./records.ts";

const [name, folder, seconds] = Deno.args;

/** Each gives one number that tells whether it did its work. */
const cases: Record<string, (call: number) => number | Promise<number>> = {
  /** 100,000 points in batches of 1000, to a database of their own. */
  write(call) {
    using records = openRecords(join(folder!, `write${call}`));
    writeRun(records, 100);
    return 100_000;
  },
  read() {
    using records = openRecords(folder!, { readOnly: true });
    return total(records.runs().flatMap(({ id }) => records.metricSeries(id)));
  },
  chart() {
    using records = openRecords(folder!, { readOnly: true });
    return total(
      records.runs().flatMap(({ id }) =>
        records.metricsThinned(id, { perSeries: 320 })
      ),
    );
  },
  /** How many runs a condition finds. */
  async list() {
    const condition = "augment.elastic and ap > 0.4 and not tag = paper";
    const words = ["list", "--where", condition, "--sort", "-ap"];
    return (await said(...words)).split("\n").length - 1;
  },
  /** The size in bytes of a page of runs that a condition chooses. */
  async page() {
    const path = join(folder!, "page.html");
    await said("report", "--where", "seed < 100", "--output", path, "--force");
    return Deno.statSync(path).size;
  },
  /** How many numbers one reading of the machine tells. */
  machine() {
    watch.read();
    return Object.keys(watch.take()).length;
  },
  /** Milliseconds until a browser first paints the live page; NaN without one. */
  ui: () => firstPaintMs(folder!),
  /** Its size in bytes. */
  report() {
    using records = openRecords(folder!, { readOnly: true });
    const ids = records.runs().map(({ id }) => id);
    return new TextEncoder().encode(report(gatherReport(records, ids))).length;
  },
};

using watch = new MachineWatch(machineSources, { cards: 1, folder: folder! });
let value = NaN;
const ms = await millisecondsOfAll(async (call) => {
  value = await cases[name!]!(call);
}, Number(seconds));
tell(ms, value);

/** What a command prints; the process has begun, and its modules are there. */
async function said(...words: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const code = await dispatch(words, {
    commands,
    context: {
      ...{ callerFolder: folder!, projectFolder, isTerminal: false, print },
      environment: { CLEFT_RESULTS: folder! },
      signal: new AbortController().signal,
      note: print,
      goOnBy: () => {},
      stopsBy: () => {},
      stoppedBy: null,
    },
  });
  if (code !== 0) throw new Error(lines.join("\n"));
  return lines.join("\n");
}

function total(series: readonly { readonly values: readonly number[] }[]) {
  return series.reduce((points, { values }) => points + values.length, 0);
}
