import { ExperimentError, shellQuote } from "@/core/mod.ts";
import { candidateOptions, candidatesBy } from "./_candidate_options.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { forceOption, jsonOption, required, wholeNumber } from "./_options.ts";
import { shortNumber } from "./_text.ts";

/** Learns to tell partners from other pairs. */
export const partnersLearn = defineCommand({
  name: "partners learn",
  summary: "Learn to tell synaptic partners from other candidates",
  positionals: [],
  options: {
    prediction: {
      value: "FILE",
      path: "input",
      isRepeatable: true,
      summary:
        "what a head that learns polarity says of a volume; may be repeated",
    },
    truth: {
      value: "FILE",
      path: "input",
      isRepeatable: true,
      summary: "that volume in CREMI layout, with partners and neuron ids",
    },
    ...candidateOptions,
    seed: { value: "N", summary: "decides what the pruner begins with; 1" },
    output: {
      value: "FILE",
      path: "output",
      endings: [".json"],
      summary: "the file to write, for partners find --pruner",
    },
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "The pruner is a small network on what is known of a pair: how far its neurons\n" +
    "touch, what they have of the synapse, and what the prediction says of them.\n" +
    "Learn it from volumes that the run was trained on, and score others.",
  async run({ options }, context) {
    const { prediction, truth } = options;
    if (prediction.length === 0) required(undefined, "prediction");
    if (prediction.length !== truth.length) {
      throw new ExperimentError(
        `Cannot learn from ${prediction.length} predictions and ${truth.length} ` +
          "volumes: each prediction is of one",
        {
          where: "--prediction, --truth",
          fix:
            "Name the volume of each prediction by --truth, in the same order",
        },
      );
    }
    const output = pathOf(required(options.output, "output"), context);
    const seed = wholeNumber(options.seed, "seed") ?? 1;
    const plan = await candidatesBy(options);
    const { learnPrunerFile } = await import("@/experiment/mod.ts");
    const learnt = await learnPrunerFile({
      volumes: prediction.map((path, i) => ({
        prediction: pathOf(path, context),
        truth: pathOf(truth[i]!, context),
      })),
      ...{ output, seed, plan },
    });
    if (options.json) {
      context.print(JSON.stringify({ path: output, ...learnt }, null, 2));
      return 0;
    }
    const { pairs, candidates, threshold, fScore } = learnt;
    context.print(`Pruner: ${output}`);
    context.print(
      `${pairs} of ${candidates} candidates are true pairs; of probability ` +
        `${shortNumber(threshold)} and more they are kept, F-score ` +
        `${shortNumber(fScore)} here, which flatters`,
    );
    context.print(
      "Use it by: deno task partners find --pruner " +
        `${shellQuote(options.output!)} …`,
    );
    return 0;
  },
});
