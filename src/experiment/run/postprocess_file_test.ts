import { deepStrictEqual, ok, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import type { Box, Zyx } from "@/core/mod.ts";
import {
  checkCremi,
  cleftsName,
  openHdf5,
  type OpenPrediction,
  type PredictionOrigin,
  writePrediction,
} from "@/data/mod.ts";
import { openRecords } from "@/record/mod.ts";
import { newRun } from "@/record/_testing.ts";
import { inTemporaryFolder } from "@test/folder.ts";
import {
  postprocessFile,
  type PostprocessRequest,
  readSteps,
  sectionsOf,
} from "./postprocess_file.ts";

const shapeVox: Zyx = [2, 3, 4];
const probability = [
  ...[.9, .8, 0, 0, 0, 0, 0, 0, 0, 0, 0, .6],
  ...[.9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
];

/** Post-processes a prediction of two clefts, of three voxels and of one. */
async function called(
  folder: string,
  request: Partial<PostprocessRequest> = {},
) {
  const path = join(folder, "p.hdf"), outputPath = join(folder, "c.hdf");
  await writePrediction(path, {
    head: { shapeVox, voxelNm: [40, 4, 4], offsetNm: [80, 0, 8] },
    slabs: [{ probability: Float32Array.from(probability) }],
  });
  const made = await postprocessFile(
    { path, outputPath, ...request },
    { resultsFolder: folder },
  );
  using file = await openHdf5(outputPath);
  const { offsetNm, shapeVox: written } = file.dataset(cleftsName);
  const { postprocess } = file.attributes(cleftsName);
  deepStrictEqual([written, offsetNm], [shapeVox, [80, 0, 8]]);
  deepStrictEqual(JSON.parse(`${postprocess!.values[0]}`), made.steps);
  return { objects: made.objects, cleftVox: made.cleftVox };
}

const half = "{ type: threshold, p: 0.5 }";

Deno.test("postprocessFile() writes the clefts that steps call, and counts them", () =>
  inTemporaryFolder(async (folder) => {
    const of = (...steps: string[]) => called(folder, { steps });
    deepStrictEqual(await of(half), { objects: 2, cleftVox: 4 });
    deepStrictEqual(await of("{ type: threshold, p: 0.7 }"), {
      objects: 1,
      cleftVox: 3,
    });
    deepStrictEqual(await of("{ type: threshold, p: 1 }"), {
      objects: 0,
      cleftVox: 0,
    });
  }));

Deno.test("postprocessFile() takes the threshold of a run", () =>
  inTemporaryFolder(async (folder) => {
    {
      using records = openRecords(folder);
      using recorder = records.startRun(newRun({ experiment: "a" }));
      const ofBest = { split: "validation", step: 3 } as const;
      recorder.metric({ ...ofBest, name: "best.threshold", value: .7 });
      recorder.finish("finished");
      records.startRun(newRun({ experiment: "b" })).finish("finished");
    }
    const steps = ["{ type: threshold }"];
    deepStrictEqual(await called(folder, { run: "a", steps }), {
      objects: 1,
      cleftVox: 3,
    });
    await rejects(called(folder, { run: "b", steps }), {
      message: /: nothing says from which probability on a voxel is cleft$/,
      where: "--run b",
    });
  }));

Deno.test("postprocessFile() refuses where nothing says what is cleft, and, if told to, where nothing is", () =>
  inTemporaryFolder(async (folder) => {
    await rejects(called(folder), {
      message: /^Cannot post-process ".*p\.hdf": nothing says from which/,
      where: join(folder, "p.hdf"),
    });
    const steps = ["{ type: threshold, p: 1 }"];
    await rejects(called(folder, { steps, refusesNone: true }), {
      message: /no voxel is called cleft, from a probability of 1 on$/,
    });
    await rejects(
      called(folder, {
        steps: [...steps, "{ type: size }"],
        refusesNone: true,
      }),
      { message: /of 1 on and by the steps after$/ },
    );
    deepStrictEqual(
      await called(folder, { steps: [half], refusesNone: true }),
      { objects: 2, cleftVox: 4 },
    );
  }));

Deno.test("readSteps() refuses sweeps, steps out of order, and what is none", () => {
  deepStrictEqual(readSteps([half]), [{ type: "threshold", p: .5 }]);
  throws(() => readSteps([half, "{ type: size, minVox: { sweep: [1, 2] } }"]), {
    message: /^Cannot sweep minVox: there is no truth here to choose by$/,
    where: "--step { type: size, minVox: { sweep: [1, 2] } }",
  });
  throws(() => readSteps(["{ type: size, minVox: 2 }", half]), {
    message: /^Cannot take the step "\w+" there: /,
    where: /^--step \{ type: /,
  });
  throws(() => readSteps(["{ type: none }"]));
});

Deno.test("postprocessFile() goes by what the file says of its run", () =>
  inTemporaryFolder(async (folder) => {
    const path = join(folder, "p.hdf"), outputPath = join(folder, "c.hdf");
    const madeBy: PredictionOrigin = {
      ...{ run: "a-run", experiment: "a", planSha256: "", head: null },
      ...{ weights: "last", step: 1, checkpointSha256: "", metrics: [] },
      ...{ threshold: 0.7, postprocess: [{ type: "threshold" }], tta: "none" },
      ...{ inputs: [], usedFor: [], engine: "embedded", precision: "fp32" },
      versions: {},
      notes: ["its file says other voxels"],
    };
    await writePrediction(path, {
      head: { shapeVox, voxelNm: [40, 4, 4], offsetNm: [0, 0, 0], madeBy },
      slabs: [{ probability: Float32Array.from(probability) }],
    });
    const { steps, cleftVox } = await postprocessFile(
      { path, outputPath },
      { resultsFolder: folder },
    );
    deepStrictEqual(steps, [{ type: "threshold", p: 0.7 }]);
    deepStrictEqual(cleftVox, 3);
    {
      using file = await openHdf5(outputPath);
      deepStrictEqual(file.attributes(cleftsName)["run"]!.values, ["a-run"]);
    }
    const { notes } = await checkCremi({ path: outputPath });
    ok(notes.includes("its file says other voxels"), notes.join());
  }));

Deno.test("sectionsOf() reads eight sections at once, and gives each by itself", () => {
  const reads: string[] = [];
  const { section } = sectionsOf({
    shapeVox: [10, 1, 2],
    read({ startVox: [z], shapeVox: [sections] }: Box) {
      reads.push(`${z} ${sections}`);
      return Float32Array.from({ length: 2 * sections }, (_, i) => 2 * z + i);
    },
  } as unknown as OpenPrediction);
  for (const z of [0, 1, 7, 8, 9, 3]) {
    deepStrictEqual([...section(z)], [2 * z, 2 * z + 1]);
  }
  deepStrictEqual(reads, ["0 8", "8 2", "0 8"]);
});
