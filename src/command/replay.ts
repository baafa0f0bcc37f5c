import { ExperimentError } from "@/core/mod.ts";
import type { ReplayedSample } from "@/experiment/mod.ts";
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
  wholeNumber,
} from "./_options.ts";
import { runContext } from "./_run_context.ts";
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
  const samples = options.sample.flatMap(numbersOf);
  const count = wholeNumber(options.random, "random", { low: 1 });
  if (samples.length === 0 && count === undefined) {
    throw new ExperimentError("Cannot begin: no sample is chosen", {
      where: "the command line",
      fix: "Add --sample 0, --sample 10..19 or --random 20",
    });
  }
  if (options.seed !== undefined && count === undefined) {
    throw new ExperimentError("Cannot use --seed without --random", {
      where: `--seed ${options.seed}`,
      fix: "Add --random 20, or leave it out",
    });
  }
  const seed = wholeNumber(options.seed, "seed") ?? 1;
  const { replayRun } = await import("@/experiment/mod.ts");
  const where = options.out ? `--out ${options.out}` : "the run's folder";
  const replayed = await replayRun(run, {
    samples,
    random: count === undefined ? undefined : { count, seed },
    outputFolder: options.out && pathOf(options.out, context),
    onOutputs(paths) {
      for (const path of paths) outputs.checkReplacing({ path, where });
    },
  }, await runContext({ options, outputs }, context));
  context.print(
    options.json
      ? JSON.stringify(replayed, null, 2)
      : replayed.map(describe).join("\n"),
  );
  return replayed.some((one) => one.comparison === "different") ? 1 : 0;
}

/** Samples of one range, at most: each takes three files. */
const mostSamples = 100_000;

/** The numbers that `7` or `10..19` stands for. */
function numbersOf(text: string): readonly number[] {
  const [first, last = first, ...more] = text.split("..");
  const from = wholeNumber(first, "sample")!;
  const to = wholeNumber(last, "sample")!;
  if (more.length === 0 && from <= to) {
    if (to - from >= mostSamples) throw tooManySamples(text);
    return Array.from({ length: to - from + 1 }, (_, k) => from + k);
  }
  throw new ExperimentError(
    `Cannot use "${text}" for --sample: it is no number or range`,
    {
      where: `--sample ${text}`,
      fix:
        "Write a number such as 7, or two such as 10..19, the lower one first",
    },
  );
}

function tooManySamples(text: string): ExperimentError {
  return new ExperimentError(
    `Cannot make samples ${text} at once: they are more than ${mostSamples}`,
    { where: `--sample ${text}`, fix: "Name fewer, such as 0..99" },
  );
}

function describe(one: ReplayedSample): string {
  const { index, step, comparison, files, sha256, recordedSha256 } = one;
  const found = {
    identical: "identical to what training saw",
    different: `different from what training saw: SHA-256 ${sha256}, ` +
      `was ${recordedSha256}, ` +
      (one.reasons.length > 0
        ? `likely because of ${one.reasons.join("; ")}`
        : "and code, lockfile, processor and data are the same"),
    unknown: "made again; what training saw was not recorded",
  }[comparison];
  const [first] = files;
  return `sample ${index} (step ${step}): ${found}\n  ${
    first!.replace(/hdf$/, "{hdf,png,json}")
  }`;
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
