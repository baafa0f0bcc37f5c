import { ExperimentError, shellQuote } from "@/core/mod.ts";
import {
  candidateOptions,
  candidatesBy,
  type CandidateValues,
} from "./_candidate_options.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  forceOption,
  hdf5OutputOption,
  jsonOption,
  required,
} from "./_options.ts";

/** Finds synaptic partners in a prediction. */
export const partnersFind = defineCommand({
  name: "partners find",
  summary: "Find synaptic partners in a prediction of their polarity",
  positionals: [],
  options: {
    prediction: {
      value: "FILE",
      path: "input",
      summary:
        "what a head that learns polarity says, as predict --head writes it",
    },
    segmentation: {
      value: "FILE",
      path: "input",
      summary: "HDF5 in CREMI layout with volumes/labels/neuron_ids",
    },
    pruner: {
      value: "FILE",
      path: "input",
      summary:
        "what tells partners from other pairs, as partners learn writes it",
    },
    ...candidateOptions,
    ...hdf5OutputOption,
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "Candidates are each two neurons that touch in a synapse; the presynaptic one\n" +
    "has the higher sum of the prediction. With a pruner, those are kept that it\n" +
    "takes for partners; without one, those of the presynaptic one of the two neurons\n" +
    "that have most of a synapse.\n" +
    "The output holds annotations in CREMI layout. See docs/partners.md.",
  async run({ options }, context) {
    const path = (name: "prediction" | "segmentation" | "output") =>
      pathOf(required(options[name], name), context);
    const place = {
      prediction: path("prediction"),
      segmentation: path("segmentation"),
      output: path("output"),
    };
    const { findPartners, readPruner } = await import("@/experiment/mod.ts");
    if (options.pruner !== undefined) checkAlone(options);
    const how = options.pruner === undefined
      ? await candidatesBy(options)
      : readPruner(pathOf(options.pruner, context));
    const found = await findPartners({ ...place, how });
    if (options.json) {
      context.print(JSON.stringify({ path: place.output, ...found }, null, 2));
      return 0;
    }
    const { partners, candidates } = found;
    context.print(`Partners: ${place.output}`);
    context.print(`${partners} of ${candidates} candidates`);
    context.print(
      "Score them by: deno task evaluate --partners " +
        `${shellQuote(options.output!)} --truth FILE`,
    );
    return 0;
  },
});

/** Fails where options say what a pruner's file says. */
function checkAlone(options: CandidateValues): void {
  const names = Object.keys(candidateOptions) as (keyof CandidateValues)[];
  const first = names.find((name) => [options[name] ?? []].flat().length > 0);
  if (first === undefined) return;
  throw new ExperimentError(
    `Cannot use --${first} with --pruner: a pruner judges candidates that are ` +
      "found as those were that it learnt from",
    {
      where: `--${first}`,
      fix: `Leave out --${first}, or learn a pruner with it`,
    },
  );
}
