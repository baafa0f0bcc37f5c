import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  forceOption,
  hdf5OutputOption,
  jsonOption,
  required,
  wholeNumber,
} from "./_options.ts";
import { times } from "./_text.ts";
import { positiveTriple } from "./_triple.ts";

/** Writes a phantom as a file. */
export const dataPhantom = defineCommand({
  name: "data phantom",
  summary: "Write a made-up volume with all that is known of it",
  positionals: [],
  options: {
    shape: {
      value: "Z,Y,X",
      summary: "extent in voxels; 24,320,320 by default",
    },
    resolution: {
      value: "Z,Y,X",
      summary: "extent of a voxel in nanometres; 50,4.6,4.6 by default",
    },
    seed: { value: "N", summary: "decides everything that is random; 1" },
    ...hdf5OutputOption,
    ...forceOption,
    ...jsonOption,
  },
  notes:
    "The file has the layout of CREMI: grey values, clefts, neuron ids, and the\n" +
    "points of synaptic partners. Equal options give equal voxels, those of the\n" +
    "source phantom.",
  async run({ options }, context) {
    const { shape, resolution } = options;
    const seed = wholeNumber(options.seed, "seed");
    const path = pathOf(required(options.output, "output"), context);
    const entry = {
      type: "phantom",
      ...(seed !== undefined && { seed }),
      ...(shape !== undefined && {
        shapeVox: positiveTriple(shape, {
          option: "shape",
          unit: "voxels",
          example: "24,320,320",
        }),
      }),
      ...(resolution !== undefined && {
        voxelNm: positiveTriple(resolution, {
          option: "resolution",
          unit: "nanometres",
          example: "50,4.6,4.6",
        }),
      }),
    };
    const { writePhantom } = await import("@/data/mod.ts");
    const { readSource } = await import("@/experiment/mod.ts");
    const source = readSource(JSON.stringify(entry));
    const written = await writePhantom(path, { source, where: "--shape" });
    const { shapeVox, clefts, neurons, partners } = written;
    context.print(
      options.json
        ? JSON.stringify({ path, ...written }, null, 2)
        : `${path}: ${times(shapeVox)} voxels, ${clefts} clefts, ` +
          `${neurons} neurons, ${partners} pairs of partners`,
    );
    return 0;
  },
});
