/**
 * Our side of the records benchmark: `our_records.ts CASE FOLDER SECONDS`; all
 * but writing wants the runs that `records.ts` left in the folder.
 *
 * @module
 */
import { join } from "node:path";
import { openRecords } from "@/record/mod.ts";
import { gatherReport, report } from "@/report/mod.ts";
import { millisecondsOf, tell } from "./measure.ts";
import { writeRun } from "./records.ts";

const [name, folder, seconds] = Deno.args;

/** Each gives one number that tells whether it did its work. */
const cases: Record<string, (call: number) => number> = {
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
  /** Its size in bytes. */
  report() {
    using records = openRecords(folder!, { readOnly: true });
    const ids = records.runs().map(({ id }) => id);
    return new TextEncoder().encode(report(gatherReport(records, ids))).length;
  },
};

let value = NaN;
const ms = millisecondsOf((call) => {
  value = cases[name!]!(call);
}, Number(seconds));
tell(ms, value);

function total(series: readonly { readonly values: readonly number[] }[]) {
  return series.reduce((points, { values }) => points + values.length, 0);
}
