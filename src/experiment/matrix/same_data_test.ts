import { deepStrictEqual, rejects } from "node:assert/strict";
import { join } from "node:path";
import { openRecords, type Run, type RunInput } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { writeHdf5 } from "@/data/mod.ts";
import { smallPhantom, smallPlan, Workplace } from "../run/_testing.ts";
import { SameData } from "./same_data.ts";

const source = (file: string) => ({ source: { type: "cremi", file } });

/** Writes a volume of one grey value. */
async function write(place: Workplace, file: string, grey: number) {
  const extent = { shapeVox: [1, 4, 4], resolutionNm: [40, 4, 4] } as const;
  await writeHdf5(join(place.folder, file), {
    "volumes/raw": { ...extent, data: new Uint8Array(16).fill(grey) },
    "volumes/labels/clefts": { ...extent, data: new BigUint64Array(16) },
  });
}

/** Records a run that has read some files. */
function record(place: Workplace, inputs: readonly RunInput[]): Run {
  using records = openRecords(place.context.resultsFolder);
  using recorder = records.startRun(newRun({ inputs }));
  recorder.finish("finished");
  return records.run(recorder.run.id);
}

const { spec } = smallPlan({
  data: { train: [source("a.hdf")], validation: [], test: [source("b.hdf")] },
});

Deno.test("SameData leaves runs on files that are not as they were", async () => {
  using place = new Workplace();
  await write(place, "a.hdf", 1);
  await write(place, "b.hdf", 2);
  const hashOf = async (file: string) => {
    const bytes = await Deno.readFile(join(place.folder, file));
    const hash = await crypto.subtle.digest("SHA-256", bytes);
    return new Uint8Array(hash).toHex();
  };
  const [a, b] = [await hashOf("a.hdf"), await hashOf("b.hdf")];
  const input = (split: "train" | "test", sha256: string): RunInput => ({
    ...{ role: `${split}[0]`, split, run: null, path: "/x", bytes: 1, sha256 },
  });
  const other = "0".repeat(64);
  const same = record(place, [input("train", a), input("test", b)]);
  const measured = record(place, [input("train", a), input("test", other)]);
  const trained = record(place, [input("train", other), input("test", b)]);
  const runs = [same, measured, trained];
  const data = new SameData(place.context);
  deepStrictEqual(await data.of(runs, spec), [same]);
  deepStrictEqual(await data.of(runs, spec, { toTrain: true }), [
    same,
    measured,
  ]);
  // Files are read once for a matrix.
  await write(place, "a.hdf", 3);
  deepStrictEqual(await data.of(runs, spec), [same]);
  deepStrictEqual(await new SameData(place.context).of(runs, spec), []);
});

Deno.test("SameData reads no files for runs that have read none, and takes all where they cannot be read", async () => {
  using place = new Workplace();
  const data = new SameData(place.context);
  const { inputs } = newRun();
  const [made, read] = [record(place, []), record(place, inputs)];
  deepStrictEqual(await data.of([made], spec), [made]); // there are no files
  deepStrictEqual(await data.of([made, read], spec), [made, read]);
  const phantoms = smallPlan({ data: { train: [smallPhantom(1)] } });
  deepStrictEqual(await data.of([made, read], phantoms.spec), [made]);
});

Deno.test("SameData counts the weights that training begins with, and what augmentations read", async () => {
  using place = new Workplace();
  const first = await place.run(smallPlan({ train: { volumeTotal: 2 } }));
  const plan = smallPlan({
    ...{ name: "tuned", init: { run: "small" }, train: { volumeTotal: 2 } },
  });
  const tuned = await place.run(plan);
  deepStrictEqual(tuned.inputs.map(({ run }) => run), [first.id]);
  const data = new SameData(place.context);
  const today = (begunWith: string) =>
    data.of([tuned], plan.spec, { begunWith });
  deepStrictEqual(await today(first.id), [tuned]);
  const other = await place.run(
    smallPlan({ seed: 2, train: { volumeTotal: 2 } }),
  );
  deepStrictEqual(await today(other.id), []);
});

Deno.test("SameData hides no mistake of a programmer's", async () => {
  using place = new Workplace();
  const run = record(place, newRun().inputs);
  const broken = {
    ...place.context,
    onInputs() {
      throw new TypeError("mine");
    },
  };
  const { spec } = smallPlan();
  await rejects(new SameData(broken).of([run], spec), /mine/);
  const made = record(place, []); // for which nothing is opened
  deepStrictEqual(await new SameData(broken).of([made], spec), [made]);
});
