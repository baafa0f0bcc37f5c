import { ExperimentError } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  dataOption,
  forceOption,
  hdf5Endings,
  oneOf,
  required,
  resultsOption,
  runPlace,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";

/** Applies a run's network to a volume. */
export const predict = defineCommand({
  name: "predict",
  summary: "Apply a run's network to a volume and write the probabilities",
  positionals: [runPlace],
  options: {
    volume: {
      value: "FILE",
      path: "input",
      summary: "the volume, HDF5 in CREMI layout",
    },
    output: {
      value: "FILE",
      path: "output",
      endings: hdf5Endings,
      summary: "the HDF5 file to write",
    },
    weights: {
      value: "WHICH",
      summary: "best on validation (default) or last",
    },
    tta: {
      value: "TYPE",
      summary: "test-time augmentation in place of the run's, such as flips",
    },
    ...forceOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "The output has volumes/prediction: float32, z y x, with resolution and\n" +
    "offset; it appears when it is whole.",
  async run({ options, positionals, outputs }, context) {
    const volumePath = pathOf(required(options.volume, "volume"), context);
    const outputPath = pathOf(required(options.output, "output"), context);
    const weights = oneOf(options.weights, "weights", ["best", "last"]);
    const { predictRun } = await import("@/experiment/mod.ts");
    const tta = options.tta === undefined ? null : await ttaNamed(options.tta);
    await predictRun(
      positionals[0]!,
      { volumePath, outputPath, weights, ...(tta ? { tta } : {}) },
      await runContext({ options, outputs }, context),
    );
    return 0;
  },
});

async function ttaNamed(type: string) {
  const { ttas } = await import("@/infer/mod.ts");
  const parsed = ttas.schema.safeParse({ type });
  if (parsed.success) return parsed.data;
  const names = ttas.components.map(({ name }) => `"${name}"`).join(", ");
  throw new ExperimentError(
    `Cannot use "${type}" for --tta: there is no such type`,
    { where: `--tta ${type}`, fix: `Write one of ${names}` },
  );
}
