import { ExperimentError, shellQuote } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  dataOption,
  forceOption,
  oneOf,
  regionOption,
  required,
  resultsOption,
  runPlace,
  wholeNumber,
} from "./_options.ts";
import { evaluateLine, originText } from "./_prediction_text.ts";
import { runContext } from "./_run_context.ts";
import { fromHere, namedSource, sourceOption } from "./_source.ts";

/** Applies a run's network to a volume. */
export const predict = defineCommand({
  name: "predict",
  summary: "Apply a run's network to a volume and write the probabilities",
  positionals: [runPlace],
  options: {
    volume: {
      value: "FILE",
      path: "input",
      summary: "the volume: HDF5 in CREMI layout, .zarr or .n5",
    },
    ...sourceOption,
    ...regionOption,
    output: {
      value: "FILE",
      path: "output",
      summary: "what to write; its ending says the form: .hdf, .zarr, .n5",
    },
    head: {
      value: "NAME",
      summary: "the head that says it, such as polarity; the one for clefts",
    },
    weights: {
      value: "WHICH",
      summary: "best on validation (default) or last",
    },
    tta: {
      value: "TYPE",
      summary: "test-time augmentation in place of the run's, such as flips",
    },
    batch: {
      value: "N",
      summary:
        "tiles that each thread is given at a time: 1; that a card is: 4",
    },
    memory: {
      value: "MIB",
      summary: "memory for joining tiles (1024); larger volumes go in columns",
    },
    engine: {
      value: "ENGINE",
      summary: "what computes, in place of what the run's experiment says",
    },
    ...forceOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "The volume is looked for where you are, then where experiments look. The\n" +
    "output holds probabilities: float32, z y x, with resolution, offset, and\n" +
    "what it was made by; it appears when it is whole. docs/reference/exporter.md\n" +
    "lists its forms. What is predicted is kept in OUTPUT.part meanwhile: after a\n" +
    "cut, even by kill -9, the same command goes on and writes the same file.",
  async run({ options, positionals: [run], outputs }, context) {
    const output = required(options.output, "output");
    const weights = oneOf(options.weights, {
      option: "weights",
      words: ["best", "last"],
    });
    const named = await namedSource(options, "volume");
    const { predictRun, readRegion } = await import("@/experiment/mod.ts");
    const tta = options.tta === undefined ? null : await ttaNamed(options.tta);
    const engine = options.engine === undefined
      ? null
      : await engineNamed(options.engine);
    const batch = wholeNumber(options.batch, "batch", { low: 1 });
    const memoryMiB = wholeNumber(options.memory, "memory", { low: 1 });
    const place = await runContext({ options, outputs }, context);
    const madeBy = await predictRun(
      {
        run: run!,
        ...named,
        outputPath: pathOf(output, context),
        weights,
        ...(options.head !== undefined && { head: options.head }),
        ...(tta && { tta }),
        ...(engine && { engine }),
        ...(batch !== undefined && { batch }),
        ...(memoryMiB !== undefined && { joinBytes: memoryMiB * 2 ** 20 }),
        ...(options.region !== undefined &&
          { region: { regionVox: readRegion(options.region) } }),
      },
      fromHere(place, context),
    );
    context.print(`Prediction: ${pathOf(output, context)}`);
    context.print(originText(madeBy, { asked: weights }));
    if (madeBy.head !== null) return 0;
    if (madeBy.postprocess.length > 0) {
      context.print(
        `Post-process it by: deno task postprocess ${shellQuote(output)} ` +
          "--output CLEFTS.hdf",
      );
    }
    context.print(`Evaluate it by: ${evaluateLine(output, options)}`);
    return 0;
  },
});

async function engineNamed(name: string) {
  const { engineNames } = await import("@/engine/mod.ts");
  return oneOf(name, { option: "engine", words: ["auto", ...engineNames] });
}

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
