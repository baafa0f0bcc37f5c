import { ExperimentError } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { jsonOption, numberWithin, required } from "./_options.ts";
import { shortNumber, table } from "./_text.ts";

/** Measures a prediction against the truth. */
export const evaluate = defineCommand({
  name: "evaluate",
  summary: "Measure a prediction file against a labelled volume",
  positionals: [],
  options: {
    prediction: {
      value: "FILE",
      path: "input",
      summary: "HDF5 with volumes/prediction, as predict writes it",
    },
    truth: {
      value: "FILE",
      path: "input",
      summary: "HDF5 in CREMI layout with volumes/labels/clefts",
    },
    threshold: {
      value: "P",
      summary: "probability from which a voxel is cleft; best Dice by default",
    },
    ...jsonOption,
  },
  notes:
    "A prediction of a part of the volume is measured on that part, found by\n" +
    "its offset. A threshold chosen here flatters: choose it on validation.",
  async run({ options }, context) {
    const predictionPath = pathOf(
      required(options.prediction, "prediction"),
      context,
    );
    const truthPath = pathOf(required(options.truth, "truth"), context);
    const threshold = numberWithin(options.threshold, "threshold", {
      low: 0,
      high: 1,
    });
    const { coveredBox, readPrediction, sources } = await import(
      "@/data/mod.ts"
    );
    const { measure } = await import("@/metric/mod.ts");
    const { cacheFolder } = await import("@/engine/mod.ts");
    const prediction = await readPrediction(predictionPath, "--prediction");
    const source = sources.schema.parse({ type: "cremi", file: truthPath });
    using volume = await sources.create(source).open({
      dataRoots: [],
      cacheFolder: cacheFolder(),
      where: "--truth",
    });
    if (!volume.hasLabels) {
      throw new ExperimentError(
        "Cannot measure against a volume without cleft labels",
        { where: "--truth", fix: "Name a file with volumes/labels/clefts" },
      );
    }
    const { target, mask } = volume.read(
      coveredBox(prediction, {
        truth: volume,
        where: "--prediction and --truth",
      }),
    );
    const scores = measure({
      probability: prediction.probability,
      target,
      mask,
      shapeVox: prediction.shapeVox,
      voxelNm: prediction.voxelNm,
      ...(threshold === undefined ? {} : { threshold }),
    });
    const rows = Object.entries(scores)
      .map(([name, value]) => [name, shortNumber(value)]);
    context.print(
      options.json ? JSON.stringify(scores, null, 2) : table(rows),
    );
    return 0;
  },
});
