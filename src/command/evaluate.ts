import { ExperimentError } from "@/core/mod.ts";
import type { PredictionOrigin } from "@/data/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { evaluatePartners } from "./_evaluate_partners.ts";
import { measureAsRun, type Measured } from "./_measure_as_run.ts";
import {
  dataOption,
  datasetOption,
  jsonOption,
  numberWithin,
  required,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";
import { fromHere, namedSource, sourceOption } from "./_source.ts";
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
      summary: "what predict wrote: volumes/prediction in HDF5, .zarr or .n5",
    },
    ...datasetOption,
    partners: {
      value: "FILE",
      path: "input",
      summary: "HDF5 with found partners, as partners find writes it, instead",
    },
    truth: {
      value: "FILE",
      path: "input",
      summary: "volumes/labels/clefts in HDF5, .zarr or .n5",
    },
    ...sourceOption,
    threshold: {
      value: "P",
      summary:
        "probability from which a voxel is cleft; validation's by default",
    },
    ...jsonOption,
    ...dataOption,
  },
  notes:
    "A prediction of a part of the volume is measured on that part, found by\n" +
    "its offset. It is measured at the threshold that was chosen on validation,\n" +
    "which predict writes into the file, and beside it at the best one for this\n" +
    "truth, which flatters. Where the run post-processes, so does the former, and the\n" +
    "latter does not. A file that does not say is measured at the latter. Metrics\n" +
    "have the options that the run was measured with, if the file says which.\n" +
    "Partners are scored as CREMI does: sites within 400 nm, in the same neurons of\n" +
    "the truth, which has neuron ids and partners too.",
  async run({ options, outputs }, context) {
    if (options.partners !== undefined) {
      return await evaluatePartners(options, context);
    }
    const path = pathOf(required(options.prediction, "prediction"), context);
    const given = numberWithin(options.threshold, "threshold", {
      low: 0,
      high: 1,
    });
    const named = await namedSource(options, "truth");
    const { checkOfClefts, coveredBox, doubtOf, readPrediction } = await import(
      "@/data/mod.ts"
    );
    const { knownSteps, openSource } = await import("@/experiment/mod.ts");
    const prediction = await readPrediction(path, {
      where: "--prediction",
      dataset: options.dataset,
    });
    checkOfClefts(prediction.madeBy, "--prediction");
    const place = fromHere(
      await runContext({ options, outputs }, context),
      context,
    );
    using opened = await openSource(named.source, { ...place, ...named });
    const volume = opened.wayBack?.original ?? opened; // predictions went back
    if (!volume.hasLabels) {
      throw new ExperimentError(
        "Cannot measure against a volume without cleft labels",
        { where: named.where, fix: "Name a labelled volume" },
      );
    }
    const { notes = [] } = prediction.madeBy ?? {};
    for (const line of new Set([...notes, ...volume.notes ?? []])) {
      context.note(line);
    }
    const { target, mask } = volume.read(
      coveredBox(prediction, {
        truth: volume,
        where: `--prediction and ${named.where}`,
      }),
    );
    const doubt = volume.origin?.isMade ? undefined : doubtOf({
      positive: target.filter((label, i) => label && mask[i]).length,
      labelled: mask.filter((isKnown) => isKnown).length,
    });
    if (doubt) context.note(`${named.where}: ${doubt}`);
    const { probability, shapeVox, voxelNm, madeBy } = prediction;
    const postprocess = knownSteps(madeBy?.postprocess ?? [], "--prediction");
    const measured = await measureAsRun(
      { probability, target, mask, shapeVox, voxelNm },
      {
        threshold: given ?? madeBy?.threshold ?? null,
        metrics: madeBy?.metrics ?? [],
        postprocess,
      },
    );
    const from = given !== undefined
      ? "option"
      : measured.chosen
      ? "validation"
      : "truth";
    const { chosen, best, measuredWith } = measured;
    context.print(
      options.json
        ? JSON.stringify(
          {
            ...chosen ?? best,
            thresholdFrom: from,
            bestOnTruth: best,
            measuredWith,
            ...postprocess.length > 0 && { postprocess },
          },
          null,
          2,
        )
        : await describe(measured, { from, madeBy }),
    );
    return 0;
  },
});

/** Where the threshold in use was chosen. */
type ThresholdFrom = "option" | "validation" | "truth";

async function describe(
  { chosen, best, unusual }: Measured,
  { from, madeBy }: {
    readonly from: ThresholdFrom;
    readonly madeBy: PredictionOrigin | null;
  },
): Promise<string> {
  const { metricLabel } = await import("@/metric/mod.ts");
  const columns = chosen ? [chosen, best] : [best];
  const rows = Object.keys(best).map((name) => [
    metricLabel(name),
    ...columns.map((scores) => shortNumber(scores[name])),
  ]);
  const heading = chosen
    ? [from === "option" ? "as given" : "validation's", "best here (flatters)"]
    : ["best here (flatters)"];
  return [
    `Threshold ${shortNumber((chosen ?? best).threshold)}: ${
      whence(from, madeBy)
    }`,
    ...(madeBy && madeBy.usedFor.length > 0
      ? [
        `The run read this volume for ${madeBy.usedFor.join(" and ")}: ` +
        "where it did, the numbers flatter",
      ]
      : []),
    ...(chosen && madeBy && madeBy.postprocess.length > 0
      ? [
        `Post-processed as the run does: ${
          madeBy.postprocess.map(({ type }) => type).join(", ")
        }; the best here is without`,
      ]
      : []),
    ...(unusual.length > 0
      ? [`Measured with the run's options: ${unusual.join(", ")}`]
      : []),
    table([["", ...heading], ...rows]),
  ].join("\n");
}

function whence(
  from: ThresholdFrom,
  madeBy: PredictionOrigin | null,
): string {
  if (from === "option") return "given by --threshold";
  if (from === "truth") {
    return "the best for this truth, which flatters; the file has none from" +
      " validation";
  }
  const { run, weights, step } = madeBy!;
  return `chosen on validation of ${run} (${weights} weights, step ${step})`;
}
