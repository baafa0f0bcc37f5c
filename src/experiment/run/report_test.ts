import { deepStrictEqual, match, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { RunError } from "@/core/mod.ts";
import type { NewRun, Records, Run } from "@/record/mod.ts";
import { newRun, withRecords } from "@/record/_testing.ts";
import { smallPlan } from "./_testing.ts";
import type { ReportingContext } from "./context.ts";
import { comparedRuns, reportRun, writeReport } from "./report.ts";

/** Records a run of a plan that ended so. */
function record(
  records: Records,
  { plan = smallPlan(), state = "finished", ...changes }:
    & Partial<Omit<NewRun, "plan">>
    & {
      readonly plan?: ReturnType<typeof smallPlan>;
      readonly state?: "finished" | "failed";
    } = {},
): Run {
  using recorder = records.startRun(newRun({
    experiment: plan.spec.name,
    plan: JSON.stringify(plan),
    planHash: plan.hash,
    ...changes,
  }));
  recorder.finish(state);
  return records.run(recorder.run.id);
}

/** The ids of the runs that a page shows. */
function shown(path: string): readonly string[] {
  const page = Deno.readTextFileSync(path);
  return [...new Set(page.match(/\b(?:small|other)-\d{8}-\d{4}-\w{4}/g))];
}

Deno.test("writeReport() shows a run beside the finished ones of its experiment and those it names", () => {
  withRecords((records) => {
    const other = record(records, { plan: smallPlan({ name: "other" }) });
    const before = record(records);
    const failed = record(records, { state: "failed" });
    const away = record(records);
    const { runs: aside } = records.collection.select({
      among: new Set([away.id]),
    });
    records.collection.mark(aside, { archivedAt: "2026-11-27T18:00:00Z" });
    const report = { compareWith: ["other"] };
    const run = record(records, { plan: smallPlan({ report }) });
    const path = writeReport(records, run);
    deepStrictEqual(path, join(records.folder, "reports", "small.html"));
    deepStrictEqual(
      shown(path).toSorted(),
      [before.id, run.id, other.id].toSorted(),
    );
    const again = shown(writeReport(records, failed));
    ok(again.includes(failed.id), "a run that failed is on its own page");
  });
});

Deno.test("writeReport() leaves the oldest of more than twenty runs out", () => {
  withRecords((records) => {
    const runs = Array.from({ length: 21 }, () => record(records));
    const ids = shown(writeReport(records, runs.at(-1)!));
    deepStrictEqual(ids.length, 20);
    ok(!ids.includes(runs[0]!.id));
  });
});

Deno.test("writeReport() shows the matrix of a variant", () => {
  withRecords((records) => {
    const seeds = ["1", "2"].map((seed) => ({
      values: { seed },
      plan: smallPlan({ seed: Number(seed) }),
    }));
    records.recordMatrix({
      name: "small",
      axes: [{ name: "seed", values: ["1", "2"] }],
      variants: seeds.map(({ values, plan }) => ({
        values,
        planHash: plan.hash,
      })),
    });
    const [one, two] = seeds.map(({ values, plan }) =>
      record(records, { plan, variant: values, seed: plan.spec.seed })
    );
    const alone = record(records, { plan: smallPlan({ seed: 3 }) });
    const path = writeReport(records, one!);
    const ids = shown(path);
    ok(ids.includes(one!.id) && ids.includes(two!.id));
    ok(!ids.includes(alone.id));
    ok(shown(writeReport(records, alone)).includes(alone.id));
  });
});

Deno.test("writeReport() says that what was run is recorded where it cannot write", () => {
  withRecords((records) => {
    const run = record(records);
    Deno.writeTextFileSync(join(records.folder, "reports"), "a file");
    throws(() => writeReport(records, run), (error) => {
      ok(error instanceof RunError);
      match(error.message, /; what was run is recorded$/);
      match(error.fix, new RegExp(`deno task report ${run.id}$`));
      return true;
    });
  });
});

Deno.test("reportRun() writes a page of what has finished, if it is wanted", () => {
  withRecords((records) => {
    const printed: string[] = [];
    const context = {
      ...{ resultsFolder: records.folder, wantsPage: false },
      linkTo: (path: string) => `<${path}>`,
      print: (line: string) => printed.push(line),
    } as unknown as ReportingContext;
    reportRun(record(records, { state: "failed" }), context);
    const silent = smallPlan({ report: { atEnd: false } });
    reportRun(record(records, { plan: silent }), context);
    deepStrictEqual(printed, []);
    reportRun(record(records), context);
    const path = join(records.folder, "reports", "small.html");
    deepStrictEqual(printed, [`Report: <${path}>`]);
    ok(Deno.statSync(path).isFile);
    Deno.removeSync(path);
    const wanted = { ...context, wantsPage: true };
    reportRun(record(records, { plan: silent }), wanted);
    ok(Deno.statSync(path).isFile);
  });
});

Deno.test("comparedRuns() names runs as commands do, whatever became of them", () => {
  withRecords((records) => {
    const first = record(records), last = record(records, { state: "failed" });
    const named = (...compareWith: readonly string[]) =>
      comparedRuns(records, { report: { atEnd: true, compareWith } })
        .map(({ id }) => id);
    deepStrictEqual(named("small", first.id, "last"), [
      last.id,
      first.id,
      last.id,
    ]);
    throws(() => named("none"), /Cannot find the run "none"/);
  });
});
