import { alignedPlace, alignOptions, alignRequest } from "./_align.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  forceOption,
  hdf5Endings,
  hdf5OutputOption,
  jsonOption,
  required,
} from "./_options.ts";
import { shortNumber } from "./_text.ts";

/** Aligns the sections of a file. */
export const alignForward = defineCommand({
  name: "align forward",
  summary: "Align the sections of a volume, its labels and its points",
  positionals: [alignedPlace],
  options: {
    ...alignOptions,
    ...hdf5OutputOption,
    record: {
      value: "FILE",
      path: "output",
      endings: hdf5Endings,
      summary: "a small file with what the way back needs, for reverse --by",
    },
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "Sections move by whole voxels, so that nothing is made up; the output holds\n" +
    "what align reverse needs. Beyond the file grey values are mirrored, clefts\n" +
    "unknown. Tables, signs and margins: docs/alignment.md.",
  async run({ options, positionals: [file], outputs }, context) {
    const output = required(options.output, "output");
    const { alignFile } = await import("@/data/mod.ts");
    const aligned = await alignFile({
      ...await alignRequest(file!, { options, outputs, context }),
      output: pathOf(output, context),
      ...options.record !== undefined &&
        { record: pathOf(options.record, context) },
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
