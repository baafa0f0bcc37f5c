import { defineCommand } from "./_command.ts";
import { pathOf, resultsFolder } from "./_context.ts";
import {
  datasetOption,
  forceOption,
  hdf5OutputOption,
  jsonOption,
  required,
  resultsOption,
} from "./_options.ts";
import { counted } from "./_text.ts";

/** Says what is cleft in a prediction. */
export const postprocess = defineCommand({
  name: "postprocess",
  summary: "Make numbered clefts of a prediction, as its run does or by steps",
  positionals: [
    {
      name: "PREDICTION",
      summary: "HDF5 with volumes/prediction, as predict writes it",
      path: "input",
    },
  ],
  options: {
    ...hdf5OutputOption,
    ...datasetOption,
    run: {
      value: "RUN",
      summary: "the run whose steps are taken, in place of the file's",
    },
    step: {
      value: "ENTRY",
      isRepeatable: true,
      summary:
        "steps in place of a run's, such as '{ type: size, minVox: 50 }'",
    },
    ...forceOption,
    ...jsonOption,
    ...resultsOption,
  },
  notes:
    "The output holds volumes/labels/clefts in CREMI layout: a number for each\n" +
    "cleft, and 2⁶⁴ - 1 where there is none. A prediction of Cleft says by what\n" +
    "steps of its experiment it is to be post-processed, and the threshold that\n" +
    "validation chose; where the experiment has no steps, this alone is used.\n" +
    "docs/reference/postprocess.md lists the steps.",
  async run({ options, positionals: [path] }, context) {
    const output = pathOf(required(options.output, "output"), context);
    const { postprocessFile } = await import("@/experiment/mod.ts");
    const made = await postprocessFile(
      {
        path: pathOf(path!, context),
        dataset: options.dataset,
        outputPath: output,
        ...options.run !== undefined && { run: options.run },
        steps: options.step,
      },
      { resultsFolder: resultsFolder(options, context) },
    );
    if (options.json) {
      context.print(JSON.stringify({ path: output, ...made }, null, 2));
      return 0;
    }
    const { objects, cleftVox, steps } = made;
    context.print(`Clefts: ${output}`);
    context.print(`${counted(objects, "object")} of ${cleftVox} voxels`);
    for (const step of steps) context.print(`  ${JSON.stringify(step)}`);
    return 0;
  },
});
