import { deepStrictEqual, match, throws } from "node:assert/strict";
import { newRun, withRecords } from "../_testing.ts";
import type { Records } from "../records.ts";
import type { NewRun } from "../types.ts";
import type { Wanted } from "./collection.ts";

/** Records a run with numbers after their steps, by `split/name`. */
function put(
  records: Records,
  numbers: Readonly<Record<string, number>>,
  { spec = {}, steps = null, ...changes }: Partial<NewRun> & {
    readonly spec?: unknown;
    readonly steps?: number | null;
  } = {},
): string {
  using recorder = records.startRun(newRun({
    plan: JSON.stringify({ spec, steps: { total: steps } }),
    ...changes,
  }));
  for (const [key, value] of Object.entries(numbers)) {
    const [split, name] = key.split("/") as ["validation", string];
    recorder.metric({ split, name, step: 10, value });
  }
  recorder.finish("finished");
  return recorder.run.id;
}

function idsOf(records: Records, wanted: Wanted): readonly string[] {
  return records.collection.select(wanted).runs.map(({ id }) => id);
}

const bent = {
  augment: [{ type: "simple" }, {
    type: "compose",
    of: [{ type: "elastic", p: 0.5 }],
  }],
  model: { type: "resUnet", filters: [8, 16] },
  train: { batch: 4, onNan: "stop" },
};

Deno.test("Collection.select() asks for options, numbers, columns and tags", () =>
  withRecords((records) => {
    const a = put(records, { "validation/best.ap": 0.75, "validation/ap": 0 }, {
      spec: bent,
      tags: ["paper", "old"],
    });
    const b = put(records, { "validation/ap": 0.5, "test/ap": 0.25 }, {
      spec: { augment: [], train: { batch: 2 } },
      experiment: "other",
      variant: { loss: "dice" },
    });
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ["augment.elastic", [a]],
      ["not augment.elastic", [b]],
      ["augment.elastic.p >= 0.5", [a]],
      ["augment.type = simple", [a]],
      ["augment", [a]],
      ["model = resUnet", [a]],
      ["model.resUnet", [a]],
      ["model.filters = 16", [a]],
      ["model.filters[0] = 16", []],
      ["train.batch > 2", [a]],
      ["train.onNan ~ ST", [a]],
      ["ap > 0.6", [a]],
      ["ap > 0.4", [a, b]],
      ["validation/ap = 0", [a]],
      ["test/ap", [b]],
      ["tag = paper", [a]],
      ["tag != paper", [b]],
      ["augment.elastic and ap > 0.8 or experiment = other", [b]],
      ["variant.loss = dice", [b]],
      ["variant ~ dice", [b]],
      ["state = finished and progress = 1", [a, b]],
      ["seed = 7 and started > 2000-01-01", [a, b]],
      ["note or group or archived = true", []],
    ];
    for (const [where, ids] of cases) {
      deepStrictEqual(idsOf(records, { where }), ids, where);
    }
  }));

Deno.test("Collection.select() refuses names and values that nothing has, at their place", () =>
  withRecords((records) => {
    put(records, { "validation/ap": 0.5 }, { spec: bent });
    const cases: Readonly<Record<string, RegExp>> = {
      "ap > 0 and augment.elastik": /character 12 .*\n.*"augment.elastic"/,
      "variant.los = dice": /"variant.los": no run/,
      "trian.batch = 2": /Did you mean "train.batch"/,
      "state = finishd": /never "finishd"\n.*\n.*"finished"/,
      "ap > high": /"ap" is a number, "high" is none/,
      "ap = ": /a value is missing/,
      "@paper": /"@paper": nothing is saved so/,
    };
    for (const [where, says] of Object.entries(cases)) {
      throws(() => idsOf(records, { where }), (error) => {
        match(`${error}`, says);
        return true;
      });
    }
    deepStrictEqual(
      idsOf(records, { where: "dice > 0", knows: (name) => name === "dice" }),
      [],
    );
  }));

Deno.test("Collection.select() knows what runs took of memory and energy", () =>
  withRecords((records) => {
    const a = put(records, {
      "train/system.peakMemoryMiB": 900,
      "train/system.gpuEnergyKWh": 0.5,
      "train/system.cpuEnergyKWh": 0.25,
      "validation/system.cpuEnergyKWh": 7,
    });
    const b = put(records, { "train/system.peakMemoryMiB": 400 });
    put(records, { "train/loss": 1 });
    deepStrictEqual(idsOf(records, { where: "memory > 1" }), [a, b]);
    deepStrictEqual(idsOf(records, { where: "memory > 500" }), [a]);
    deepStrictEqual(idsOf(records, { where: "energy = 0.75" }), [a]);
    deepStrictEqual(idsOf(records, { where: "energy" }), [a]);
  }));

Deno.test("Collection.select() sorts, what has no value last", () =>
  withRecords((records) => {
    const ids = [0.5, NaN, 0.75, 0.5].map((ap, i) =>
      put(records, { "validation/ap": ap }, { seed: i })
    );
    const order = (sort: string) =>
      idsOf(records, { sort }).map((id) => ids.indexOf(id));
    deepStrictEqual(order("-ap"), [2, 0, 3, 1]);
    deepStrictEqual(order("ap,-seed"), [3, 0, 2, 1]);
    deepStrictEqual(
      order("-run"),
      ids.map((_, i) => i).toSorted((a, b) => ids[a]! < ids[b]! ? 1 : -1),
    );
  }));

Deno.test("Collection.save() keeps conditions under names, which name each other", () =>
  withRecords((records) => {
    const a = put(records, { "validation/ap": 0.5 });
    const b = put(records, { "validation/ap": 0.25 });
    const { collection } = records;
    const save = (name: string, condition: string) =>
      collection.save({ name, condition, sort: "", columns: "" });
    save("good", "ap > 0.4");
    save("poor", "not @good");
    deepStrictEqual(idsOf(records, { where: "@good" }), [a]);
    deepStrictEqual(idsOf(records, { where: "@poor" }), [b]);
    save("good", "@poor");
    throws(() => idsOf(records, { where: "@good" }), /it asks itself/);
    for (const name of ["a b", "--", "-1", "a.", "", "a".repeat(101)]) {
      throws(() => save(name, ""), /Cannot save the choice as ".*": it is no/);
    }
    throws(() => save("c", "ap >"), /a value is missing/);
    deepStrictEqual(collection.selections.map(({ name }) => name), [
      ...["good", "poor"],
    ]);
  }));

Deno.test("Collection.select() says how far a run has come, and how long the rest takes", () =>
  withRecords((records) => {
    const plan = JSON.stringify({ spec: {}, steps: { total: 40 } });
    using recorder = records.startRun(newRun({ plan }));
    recorder.metric({ split: "train", name: "loss", step: 10, value: 1 });
    recorder.flush();
    const { runs: [run] } = records.collection.select({});
    const { leftS, ...progress } = run!.progress!;
    deepStrictEqual(progress, { step: 10, steps: 40 });
    deepStrictEqual(typeof leftS, "number");
    recorder.finish("interrupted", "so");
    deepStrictEqual(records.collection.select({}).runs[0]!.progress, {
      ...{ step: 10, steps: 40, leftS: null },
    });
  }));
