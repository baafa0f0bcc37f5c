import { deepStrictEqual, match, throws } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { ExperimentError } from "@/core/mod.ts";
import { namedRun, namedRuns } from "./named_runs.ts";
import type { Records } from "./records.ts";
import type { NewRun } from "./types.ts";
import { newRun, withRecords } from "./_testing.ts";

/** Records a finished run with a validation of the number that ranks it. */
function record(
  records: Records,
  changes: Partial<NewRun>,
  value?: number,
): string {
  const run = newRun({ ranking: { name: "ap", better: "higher" }, ...changes });
  using recorder = records.startRun(run);
  const { name } = run.ranking!;
  if (value !== undefined) {
    recorder.metric({ split: "validation", name, step: 1, value });
  }
  recorder.finish("finished");
  return recorder.run.id;
}

const matrix = {
  name: "table",
  axes: [
    { name: "loss", values: ["dice", "+ mix, weighted"] },
    { name: "seed", values: ["1", "2"] },
  ],
  variants: ["dice", "+ mix, weighted"].flatMap((loss, i) =>
    ["1", "2"].map((seed, k) => ({
      values: { loss, seed },
      planHash: `${i}${k}`.repeat(32),
    }))
  ),
};

/** A run of each variant but the last; the second one ranks highest. */
function recordTable(records: Records): string[] {
  records.recordMatrix(matrix);
  return matrix.variants.slice(0, 3).map(({ values, planHash }, i) =>
    record(
      records,
      { experiment: "table", variant: values, planHash },
      [
        0.3,
        0.9,
        0.6,
      ][i],
    )
  );
}

const idsOf = (records: Records, name: string) =>
  namedRuns(records, name).map(({ id }) => id);

function refusal(act: () => unknown): ExperimentError {
  let caught: unknown;
  throws(act, (error) => {
    caught = error;
    return error instanceof ExperimentError;
  });
  return caught as ExperimentError;
}

Deno.test("namedRun() takes an id, its beginning, last, or an experiment's name", () => {
  withRecords((records) => {
    const first = record(records, { experiment: "mix" });
    const second = record(records, { experiment: "mix" });
    const other = record(records, { experiment: "mix-big" });
    for (
      const [name, id] of [
        [first, first],
        ["last", other],
        ["mix", second],
        ["mix-big", other],
        ["mix-b", other],
        [second.slice(0, -1), second],
      ] as const
    ) {
      assertEquals(namedRun(records, name).id, id, name);
      assertEquals(records.run(name).id, id, name);
    }
  });
});

Deno.test("namedRun() takes an imported run as the last one only where Cleft trained none", () => {
  withRecords((records) => {
    const plan = JSON.stringify({ importedFrom: { program: "MLflow" } });
    const theirs = record(records, { experiment: "mix", plan });
    for (const name of ["last", "mix"]) {
      assertEquals(namedRun(records, name).id, theirs, name);
    }
    const ours = record(records, { experiment: "mix", plan: "no JSON" });
    record(records, { experiment: "mix", plan });
    const other = record(records, { experiment: "other", plan });
    for (
      const [name, id] of [
        ["last", ours],
        ["mix", ours],
        ["other", other],
      ] as const
    ) {
      assertEquals(namedRun(records, name).id, id, name);
    }
  });
});

Deno.test("namedRun() knows an id by itself where others begin like it", () => {
  withRecords((records) => {
    const id = record(records, { experiment: "mix" });
    record(records, { experiment: id });
    const last = record(records, { experiment: `${id}x` });
    assertEquals(namedRun(records, id).id, id);
    assertEquals(namedRun(records, `${id}x`).id, last);
  });
});

Deno.test("namedRun() lists what an abbreviation could mean", () => {
  withRecords((records) => {
    const ids = ["mixa", "mixa", "mixb"].map((experiment) =>
      record(records, { experiment })
    );
    const { message, fix } = refusal(() => namedRun(records, "mix"));
    match(message, /"mix" is: 3 begin like that/);
    match(fix, /^Write mixa, mixb for the last run of an experiment/);
    for (const id of ids) match(fix, new RegExp(id));
    for (let i = 0; i < 6; i++) record(records, { experiment: `mix${i}` });
    match(
      refusal(() => namedRun(records, "mix")).fix,
      /^Write mixa, mixb, mix0, mix1, mix2 and 3 more for /,
    );
  });
});

Deno.test("namedRun() suggests the nearest name where there is no such run", () => {
  withRecords((records) => {
    const fixOf = (name: string) => refusal(() => namedRun(records, name)).fix;
    for (const name of ["last", "x", "x@best"]) {
      assertEquals(fixOf(name), "Run an experiment first");
    }
    const id = record(records, { experiment: "mixloss" });
    assertEquals(fixOf("mixlsos"), 'Did you mean "mixloss"?');
    assertEquals(fixOf("mixlsos@best"), 'Did you mean "mixloss"?');
    assertEquals(fixOf(""), `The latest are ${id}`);
    assertEquals(fixOf("zzzzzz"), `The latest are ${id}`);
  });
});

Deno.test("NAME@best is the finished run that ranks highest, the first of equals", () => {
  withRecords((records) => {
    record(records, { experiment: "mix" }, 0.2);
    const best = record(records, { experiment: "mix" }, 0.8);
    record(records, { experiment: "mix" }, 0.8);
    record(records, { experiment: "mix" }, NaN);
    record(records, { experiment: "mix" });
    const last = record(records, { experiment: "mix" }, 0.5);
    {
      using running = records.startRun(newRun({ experiment: "mix" }));
      running.metric({ split: "validation", name: "score", step: 1, value: 9 });
    }
    assertEquals(namedRun(records, "mix@best").id, best);
    assertEquals(namedRun(records, "mix@ best ").id, best);
    assertEquals(namedRun(records, "mix@last").id === last, false);
  });
});

Deno.test("NAME@best follows the ranking, and what is best of a run before its end", () => {
  withRecords((records) => {
    const ranking = { name: "score", better: "lower" } as const;
    const low = record(records, { experiment: "a", ranking }, 3);
    record(records, { experiment: "a", ranking }, 5);
    assertEquals(namedRun(records, "a@best").id, low);
    using recorder = records.startRun(newRun({ experiment: "a", ranking }));
    const point = { split: "validation", step: 1 } as const;
    recorder.metric({ ...point, name: "score", value: 9 });
    recorder.metric({ ...point, name: "best.score", value: 1 });
    recorder.finish("finished");
    assertEquals(namedRun(records, "a@best").id, recorder.run.id);
  });
});

Deno.test("NAME@best refuses runs that cannot be ranked", () => {
  withRecords((records) => {
    record(records, { experiment: "a" });
    match(
      refusal(() => namedRun(records, "a@best")).message,
      /none that finished was measured/,
    );
    record(records, { experiment: "a" }, 0.5);
    const ranking = { name: "score", better: "lower" } as const;
    record(records, { experiment: "a", ranking }, 5);
    match(
      refusal(() => namedRun(records, "a@best")).message,
      /rank by different numbers, ap and score/,
    );
  });
});

Deno.test("NAME@AXIS=VALUE means the runs of these variants", () => {
  withRecords((records) => {
    const [a, b, c] = recordTable(records) as [string, string, string];
    for (
      const [name, ids] of [
        ["table", [c]],
        ["table@loss=dice", [a, b]],
        ["table@loss=dice,seed=2", [b]],
        ["table@seed=1", [a, c]],
        ["table@loss=mix, weighted", [c]],
        ["table@loss=mix, weighted,seed=1", [c]],
        ["table@seed=1,best", [c]],
        ["table@seed=1,last", [c]],
        ["table@loss=dice,last", [b]],
        ["table@best", [b]],
        ["table@last", [c]],
      ] as const
    ) {
      deepStrictEqual(idsOf(records, name), ids, name);
    }
  });
});

Deno.test("namedRun() says which runs several variants have", () => {
  withRecords((records) => {
    const [a, b] = recordTable(records);
    const { message, fix } = refusal(() =>
      namedRun(records, "table@loss=dice")
    );
    match(message, /"table@loss=dice" is: it means 2/);
    assertEquals(
      fix,
      "Write table@loss=dice,best or table@loss=dice,last, or one of " +
        `${a} (loss=dice · seed=1), ${b} (loss=dice · seed=2)`,
    );
  });
});

Deno.test("namedRuns() refuses selectors that select nothing", () => {
  withRecords((records) => {
    recordTable(records);
    record(records, { experiment: "plain" }, 0.5);
    const says = (name: string) => refusal(() => namedRuns(records, name));
    match(says("table@los=dice").message, /table has no axis "los"/);
    assertEquals(says("table@los=dice").fix, "Write loss");
    match(says("table@loss=dize").message, /no "dize"/);
    match(says("table@dice").message, /it is not an axis, an equals sign/);
    assertEquals(says("table@dice").fix, "Write it like table@loss=dice");
    match(says("plain@loss=dice").message, /plain has no matrix/);
    assertEquals(says("plain@loss=dice").fix, "Write plain, or plain@best");
    const gone = says("table@loss=mix, weighted,seed=2");
    match(gone.message, /there is none yet$/);
    match(gone.fix, /deno task list table$/);
    assertEquals(says("table@").fix, "Write it like table@loss=dice");
  });
});

Deno.test("namedRun() finds an experiment whose name has an at sign", () => {
  withRecords((records) => {
    const id = record(records, { experiment: "a@b" }, 0.5);
    assertEquals(namedRun(records, "a@b").id, id);
    assertEquals(namedRun(records, "a@b@best").id, id);
  });
});

Deno.test("namedRun() finds the last run of a matrix whose runs have other names", () => {
  withRecords((records) => {
    records.recordMatrix(matrix);
    const [one, two] = matrix.variants.map(({ planHash }) =>
      record(records, { experiment: "other", planHash })
    );
    assertEquals(namedRun(records, "table").id !== one, true);
    deepStrictEqual(idsOf(records, "table@loss=dice"), [one, two]);
  });
});
