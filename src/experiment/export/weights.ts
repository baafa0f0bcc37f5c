import { choice, writeOutput } from "@/core/mod.ts";
import { predictingWeights } from "@/train/mod.ts";
import { checkpointWith } from "../run/checkpoints.ts";
import { defineExportFormat } from "./_format.ts";

/**
 * The weights that a run predicts with, by their layers' names, as safetensors
 * (32-bit floats), which PyTorch, JAX and `init.file` of an experiment read.
 */
export const weights = defineExportFormat({
  name: "weights",
  summary: "The weights that a run predicts with, as a safetensors file",
  options: {
    weights: choice(
      ["best", "last"],
      "best",
      "those that validated best, or the last",
    ),
  },
  create: (options) => ({
    takes: "one",
    endings: [".safetensors"],
    write({ runs: [run], records, path }) {
      const { id, experiment } = run!, where = `run ${id}`;
      const { name } = checkpointWith(records, run!, {
        weights: options.weights,
        doing: "write a file",
        where,
      });
      const bytes = predictingWeights(records.artifact(id, name), {
        where,
        metadata: { run: id, experiment, weights: name },
      });
      writeOutput(path, bytes);
      return Promise.resolve([`${path}: ${name} of ${id}`]);
    },
  }),
});
