import { ExperimentError } from "@/core/mod.ts";
import type { CrackSource } from "@/data/mod.ts";
import { shiftOptions, shiftsOf } from "./_align.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, pathOf } from "./_context.ts";
import {
  forceOption,
  hdf5OutputOption,
  jsonOption,
  regionOption,
  required,
} from "./_options.ts";
import { shortNumber } from "./_text.ts";

/** Aligns the sections of a file. */
export const alignForward = defineCommand({
  name: "align forward",
  summary: "Align the sections of a volume, its labels and its points",
  positionals: [
    {
      name: "FILE",
      summary: "the volume, HDF5 in CREMI layout",
      path: "input",
    },
  ],
  options: {
    ...shiftOptions,
    region: {
      ...regionOption.region,
      summary: "what each section holds whole; what is labelled by default",
    },
    context: {
      value: "S,P",
      summary:
        "sections and pixels kept around it, such as 14,200; 0,0 by default",
    },
    cracks: {
      value: "HOW",
      summary:
        "put torn sections together: detect, or a file of masks of their parts",
    },
    ...hdf5OutputOption,
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "Sections move by whole voxels, so that nothing is made up; the output holds\n" +
    "what align reverse needs. Beyond the file grey values are mirrored, clefts\n" +
    "unknown. Tables, signs and margins: docs/alignment.md.",
  async run({ options, positionals: [file], outputs }, context) {
    const output = required(options.output, "output");
    const cracks = cracksOf(options.cracks, context);
    if (cracks?.by === "masks") outputs.addInputs([cracks.path]);
    const { alignFile } = await import("@/data/mod.ts");
    const { readRegion } = await import("@/experiment/mod.ts");
    const { cacheFolder } = await import("@/engine/mod.ts");
    const aligned = await alignFile({
      path: pathOf(file!, context),
      output: pathOf(output, context),
      ...await shiftsOf(options, context),
      ...(options.region !== undefined &&
        { region: { regionVox: readRegion(options.region) } }),
      context: contextOf(options.context),
      cracks,
      cacheFolder: cacheFolder(),
      signal: context.signal,
    });
    for (const note of aligned.notes) context.note(`Note: ${note}`);
    if (options.json) {
      context.print(JSON.stringify(aligned, null, 2));
      return 0;
    }
    const { path, shapeVox, farthestVox, volumes, points, repaired } = aligned;
    context.print(
      `${path}: ${shapeVox.join(" × ")} voxels, sections moved by up to ` +
        shortNumber(farthestVox),
    );
    context.print(
      `Aligned: ${volumes.join(", ")}${points > 0 ? `, ${points} points` : ""}`,
    );
    for (const { section, correlations } of repaired) {
      const suits = correlations.map((c) =>
        c === null ? "as given" : shortNumber(c)
      );
      context.print(
        `Put together: section ${section}, parts suit by ${
          suits.join(" and ")
        }`,
      );
    }
    return 0;
  },
});

function cracksOf(
  text: string | undefined,
  context: CommandContext,
): CrackSource | undefined {
  if (text === undefined) return undefined;
  return text === "detect"
    ? { by: "detect" }
    : { by: "masks", path: pathOf(text, context), where: `--cracks ${text}` };
}

function contextOf(text: string | undefined) {
  if (text === undefined) return { sections: 0, pixels: 0 };
  const [sections, pixels, ...more] = text.split(",").map((part) =>
    /^\s*\d{1,6}\s*$/.test(part) ? Number(part) : NaN
  );
  if (more.length === 0 && sections! >= 0 && pixels! >= 0) {
    return { sections: sections!, pixels: pixels! };
  }
  throw new ExperimentError(
    `Cannot use "${text}" for --context: it should be two whole numbers`,
    {
      where: `--context ${text}`,
      fix: "Write how many sections and how many pixels, such as 14,200",
    },
  );
}
