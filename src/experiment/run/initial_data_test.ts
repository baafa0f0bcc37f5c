import { deepStrictEqual, match } from "node:assert/strict";
import { openRecords, type RunInput } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { sha256Hex } from "@/core/mod.ts";
import { makeVolume } from "@/data/volume/_testing.ts";
import { assertEquals } from "@test/helpers.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import { type Plan, withVolumes } from "../plan/mod.ts";
import { regionOf, smallPhantom, smallPlan, type Written } from "./_testing.ts";
import { checkpointType } from "./checkpoints.ts";
import { describe } from "./examine.ts";
import { judgeBeginning } from "./initial_data.ts";
import { openVolumes } from "./volumes.ts";

/** Records a finished run of a plan, whose weights are other than those of others. */
function record(
  folder: string,
  plan: Plan,
  inputs: readonly RunInput[] = [],
): string {
  using records = openRecords(folder);
  using recorder = records.startRun(
    newRun({ experiment: "base", plan: JSON.stringify(plan), inputs }),
  );
  const { id } = recorder.run;
  for (const name of ["checkpoint/best", "checkpoint/last"]) {
    const bytes = new TextEncoder().encode(`${id} ${name}`);
    recorder.artifact(name, checkpointType, bytes);
  }
  recorder.finish("finished");
  return id;
}

function placeIn(folder: string) {
  const place = { resultsFolder: folder, cacheFolder: folder };
  return { ...place, dataRoots: [folder] };
}

/** What is thought of a small experiment that begins with a run. */
async function judge(
  folder: string,
  { init, data, inputs, isOnRecord = false }: {
    readonly init: Written;
    readonly data: Written;
    readonly inputs?: readonly RunInput[];
    readonly isOnRecord?: boolean;
  },
) {
  const { spec } = smallPlan({ init, data }), place = placeIn(folder);
  using volumes = await openVolumes(spec, place);
  return judgeBeginning(volumes.regions, {
    ...{ ...spec, place, isOnRecord },
    ...inputs && { inputs },
  });
}

Deno.test("judgeBeginning() refuses to measure on what the weights were trained on or chosen by", () =>
  inTemporaryFolder(async (folder) => {
    const id = record(folder, smallPlan()); // trains on 15, validates on 6
    const swapped = {
      train: [smallPhantom(14)],
      validation: [smallPhantom(15)],
      test: [smallPhantom(6)],
    };
    const said = async (init: Written, data: Written) =>
      (await judge(folder, { init, data })).faults.map((one) => `${one}`);
    const [validation, test, ...others] = await said({ run: id }, swapped);
    deepStrictEqual(others, []);
    assertEquals(
      validation,
      "Cannot validate on what the first weights were trained on: " +
        `data.train[0] of ${id} and data.validation[0] share the voxels ` +
        "z 0 to 4, y 0 to 16, x 0 to 16\n" +
        `  at   ${id} data.train[0] "phantom-15" and data.validation[0] ` +
        '"phantom-15"\n' +
        "  fix  Begin with other weights, or cut them apart by regionVox; " +
        "data.allowOverlap: true lets them share, which the report says in red",
    );
    match(test!, /^Cannot test on what the first weights were chosen by/);
    const last = await said({ run: id, weights: "last" }, swapped);
    assertEquals(last.length, 1); // nothing chose them

    deepStrictEqual(await said({ run: id }, {}), []); // the same splits again
    deepStrictEqual(await said({ run: "none-yet" }, swapped), []);
    deepStrictEqual(await said({}, swapped), []);
    for (const allowed of [true, false]) {
      const data = { ...swapped, allowOverlap: allowed };
      const { faults, findings } = await judge(folder, {
        ...{ init: { run: id }, data },
        isOnRecord: !allowed,
      });
      deepStrictEqual([faults.length, findings.length], [0, 2]);
      match(findings[0]!.text, new RegExp(`^data.train\\[0\\] of ${id} and`));
    }
  }));

Deno.test("judgeBeginning() goes back to what the run itself began with, by a file's hash too", () =>
  inTemporaryFolder(async (folder) => {
    const first = record(folder, smallPlan());
    const input: RunInput = {
      ...{ role: "init", split: null, path: "x.st", bytes: 1 },
      run: null, // a file that somebody took from the records
      sha256: sha256Hex(`${first} checkpoint/last`),
    };
    const other = { train: [smallPhantom(1)], validation: [smallPhantom(4)] };
    const second = record(folder, smallPlan({ data: other }), [input]);
    const data = { train: [smallPhantom(5)], validation: [smallPhantom(15)] };
    const { faults } = await judge(folder, { init: { run: second }, data });
    match(`${faults[0]}`, new RegExp(`data.train\\[0\\] of ${first}`));
    const { faults: byFile } = await judge(folder, {
      ...{ init: { file: "x.st" }, data },
      inputs: [input],
    });
    assertEquals(byFile.length, 1);
  }));

Deno.test("judgeBeginning() goes by hashes and places on record where the data are gone", () =>
  inTemporaryFolder(async (folder) => {
    const source = { type: "cremi", file: "gone.hdf" };
    const plan = smallPlan({ data: { train: [{ source }] } });
    const file = { path: "/gone.hdf", bytes: 9, sha256: "ab".repeat(32) };
    const volumeOf = (z: number, sections: number) =>
      makeVolume({
        name: "a",
        shapeVox: [sections, 8, 8],
        voxelNm: [40, 4, 4],
        offsetNm: [40 * z, 0, 0],
        voxel: () => ({}),
        inputs: [file],
        origin: { data: "x", startVox: [z, 0, 0], hasOffset: false },
      });
    using seen = volumeOf(0, 6);
    const id = record(
      folder,
      withVolumes(plan, describe([regionOf("train[0]", seen)], [])),
      [{ role: "train[0]", split: "train", run: null, ...file }],
    );
    const { spec } = smallPlan({ init: { run: id } });
    const faultsFor = async (z: number) => {
      using now = volumeOf(z, 4);
      const regions = [regionOf("validation[0]", now)];
      const place = placeIn(folder);
      return (await judgeBeginning(regions, { ...spec, place })).faults;
    };
    deepStrictEqual(await faultsFor(6), []);
    match(
      `${(await faultsFor(4))[0]}`,
      /z 4 to 6, y 0 to 8, x 0 to 8\n.* data\.train\[0\] "a" \(\/gone\.hdf\) and/,
    );
  }));

Deno.test("judgeBeginning() knows the run of weights by name, and whether validation chose them", () =>
  inTemporaryFolder(async (folder) => {
    const id = record(folder, smallPlan()); // trains on 15, validates on 6
    const faultsFor = async (
      { run = null, sha256 = "00".repeat(32) }: Partial<RunInput>,
      data: Written,
    ) => {
      const init = { role: "init", split: null, path: "x.st", bytes: 1 };
      const inputs = [{ ...init, run, sha256 } as RunInput];
      const options = { init: { file: "x.st" }, data, inputs };
      const { faults } = await judge(folder, options);
      return faults.map(({ message }) => message.split(":")[0]);
    };
    const trained = {
      ...{ train: [smallPhantom(14)], validation: [smallPhantom(15)] },
    };
    const doing = "Cannot validate on what the first weights were trained on";
    deepStrictEqual(await faultsFor({ run: id }, trained), [doing]);
    deepStrictEqual(await faultsFor({ run: "gone" }, trained), []);
    deepStrictEqual(await faultsFor({}, trained), []);
    const chosen = {
      ...{ train: [smallPhantom(14)], validation: [], test: [smallPhantom(6)] },
    };
    const hashOf = (name: string) => sha256Hex(`${id} checkpoint/${name}`);
    deepStrictEqual(await faultsFor({ sha256: hashOf("best") }, chosen), [
      "Cannot test on what the first weights were chosen by",
    ]);
    deepStrictEqual(await faultsFor({ sha256: hashOf("last") }, chosen), []);
  }));
