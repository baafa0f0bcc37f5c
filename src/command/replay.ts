import { ExperimentError } from "@/core/mod.ts";
import type { Beginning, OptionValues } from "./_command.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, pathOf } from "./_context.ts";
import {
  dataOption,
  forceOption,
  hdf5OutputOption,
  jsonOption,
  regionOption,
  required,
  resultsOption,
  runPlace,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";
import { chosenSamples, replayedText } from "./_samples.ts";
import { fromHere, namedSource, sourceOption } from "./_source.ts";

const options = {
  sample: {
    value: "N",
    isRepeatable: true,
    summary: "a sample by number, from 0 over the run, or several: 10..19",
  },
  random: { value: "N", summary: "that many samples at random" },
  seed: { value: "N", summary: "decides which ones; 1 by default" },
  out: {
    value: "FOLDER",
    path: "outputFolder",
    summary: "folder to write samples to; replay in the run's by default",
  },
  augmentation: {
    value: "FILE",
    path: "input",
    summary: "JSON of augmentations with their parameters, in place of a RUN",
  },
  input: {
    value: "FILE",
    path: "input",
    summary: "the volume for them, HDF5 in CREMI layout",
  },
  ...sourceOption,
  ...regionOption,
  ...hdf5OutputOption,
  ...forceOption,
  ...jsonOption,
  ...dataOption,
  ...resultsOption,
} as const;

/** Makes samples of a run again, or applies augmentations with given parameters. */
export const replay = defineCommand({
  name: "replay",
  summary: "Make samples of a run again, to the bit, and write them",
  positionals: [{ ...runPlace, count: "optional" }],
  options,
  notes:
    "Each sample is compared with the hash that training recorded and written as\n" +
    "sample-N.hdf (CREMI layout), .png and .json. With --augmentation the list in\n" +
    "such a JSON file, or one of your own, is applied to any volume.",
  async run({ options, positionals: [run], outputs }, context) {
    const isApplying = options.augmentation !== undefined;
    checkTogether(options, { isApplying, run });
    return isApplying
      ? await apply({ options, outputs }, context)
      : await makeAgain(run!, { options, outputs }, context);
  },
});

type Options = OptionValues<typeof options>;
type Given = Pick<Beginning<typeof options>, "options" | "outputs">;

/** Fails for options of one use that are given for the other. */
function checkTogether(
  options: Options,
  { isApplying, run }: { isApplying: boolean; run: string | undefined },
): void {
  const foreign = isApplying
    ? (["sample", "random", "seed", "out", "json"] as const)
    : (["input", "source", "region", "output"] as const);
  const given = foreign.find((name) => {
    const value = options[name];
    return typeof value === "object" ? value.length > 0 : value;
  });
  const where = "the command line";
  if (isApplying && run !== undefined) {
    throw new ExperimentError(
      `Cannot use "${run}": --augmentation takes the place of a run`,
      { where, fix: "Leave out one of the two" },
    );
  }
  if (given) {
    throw new ExperimentError(
      `Cannot use --${given} ${isApplying ? "with" : "without"} --augmentation`,
      { where, fix: `Leave out --${given}; --help tells what goes together` },
    );
  }
  if (!isApplying && run === undefined) {
    throw new ExperimentError(
      "Cannot begin: neither a run nor --augmentation",
      {
        where,
        fix: "Write deno task replay last --sample 0",
      },
    );
  }
}

async function makeAgain(
  run: string,
  { options, outputs }: Given,
  context: CommandContext,
): Promise<number> {
  const { samples, random } = chosenSamples(options);
  const { replayRun } = await import("@/experiment/mod.ts");
  const where = options.out ? `--out ${options.out}` : "the run's folder";
  const replayed = await replayRun({
    run,
    samples,
    random,
    outputFolder: options.out && pathOf(options.out, context),
    onOutputs(paths) {
      for (const path of paths) outputs.checkReplacing({ path, where });
    },
  }, await runContext({ options, outputs }, context));
  context.print(
    options.json
      ? JSON.stringify(replayed, null, 2)
      : replayed.map(replayedText).join("\n"),
  );
  return replayed.some((one) => one.comparison === "different") ? 1 : 0;
}

async function apply(
  { options, outputs }: Given,
  context: CommandContext,
): Promise<number> {
  const outputPath = pathOf(required(options.output, "output"), context);
  const { applyAugmentations, readRegion } = await import(
    "@/experiment/mod.ts"
  );
  const named = await namedSource(options, "input");
  const place = await runContext({ options, outputs }, context);
  await applyAugmentations({
    augmentationPath: pathOf(options.augmentation!, context),
    ...named,
    regionVox: options.region === undefined
      ? undefined
      : readRegion(options.region),
    outputPath,
  }, fromHere(place, context));
  context.print(`Augmented: ${outputPath}`);
  return 0;
}
