import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import { forceOption, hdf5Endings, jsonOption, required } from "./_options.ts";

/** Undoes an alignment. */
export const alignReverse = defineCommand({
  name: "align reverse",
  summary: "Bring an aligned volume, or a prediction of it, back",
  positionals: [
    {
      name: "FILE",
      summary: "the aligned file, or a prediction: HDF5, .zarr or .n5",
      path: "input",
    },
  ],
  options: {
    by: {
      value: "FILE",
      path: "input",
      summary: "if FILE is a prediction: the aligned file, or its --record",
    },
    output: {
      value: "FILE",
      path: "output",
      endings: [...hdf5Endings, ".zarr", ".n5"],
      summary: "what to write; its ending says the form: .hdf, .zarr, .n5",
    },
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "Volumes get the extent they had; predictions that of the part which each\n" +
    "section holds whole, by default what is labelled. Points and tables go from HDF5\n" +
    "to HDF5.",
  async run({ options, positionals: [file] }, context) {
    const output = required(options.output, "output");
    const { reverseFile } = await import("@/data/mod.ts");
    const reversed = await reverseFile({
      path: pathOf(file!, context),
      by: options.by && pathOf(options.by, context),
      output: pathOf(output, context),
      signal: context.signal,
      notify: context.note,
    });
    for (const note of reversed.notes) context.note(`Note: ${note}`);
    if (options.json) {
      context.print(JSON.stringify(reversed, null, 2));
      return 0;
    }
    context.print(reversed.path);
    for (const [name, volume] of Object.entries(reversed.volumes)) {
      const { shapeVox, missingVox } = volume;
      const missing = missingVox === 0
        ? ""
        : `, of which ${missingVox} were not in the aligned volume`;
      context.print(`${name}: ${shapeVox.join(" × ")} voxels${missing}`);
    }
    if (reversed.points > 0) context.print(`${reversed.points} points`);
    return 0;
  },
});
