import { sizeOf } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { pathOf } from "./_context.ts";
import {
  forceOption,
  hdf5OutputOption,
  jsonOption,
  numberWithin,
  required,
} from "./_options.ts";
import { shortNumber } from "./_text.ts";
import { positiveTriple } from "./_triple.ts";

/** Turns a stack of images into a volume. */
export const dataImport = defineCommand({
  name: "data import",
  summary: "Turn TIFF or PNG images into a volume in CREMI layout",
  positionals: [],
  options: {
    raw: {
      value: "PATTERN",
      summary: "the grey images, such as 'raw/*.tif', in quotes",
    },
    labels: {
      value: "PATTERN",
      summary: "the masks, such as 'masks/*.png'; may be left out",
    },
    resolution: {
      value: "Z,Y,X",
      summary: "extent of a voxel in nanometres, such as 50,4.6,4.6",
    },
    ...hdf5OutputOption,
    ...forceOption,
    threshold: {
      value: "N",
      summary: "mask values above it are cleft; 127 by default",
    },
    ...jsonOption,
  },
  notes:
    "Images are taken in the order of the numbers in their names, TIFF files page\n" +
    "by page. What is read of both formats: docs/data.md.\n" +
    "Connected mask voxels get an id, the background 0xffffffffffffffff.",
  async run({ options, outputs }, context) {
    const plan = {
      raw: pathOf(required(options.raw, "raw"), context),
      labels: options.labels && pathOf(options.labels, context),
      resolutionNm: positiveTriple(
        required(options.resolution, "resolution"),
        {
          option: "resolution",
          unit: "nanometres",
          example: "50,4.6,4.6",
        },
      ),
      output: pathOf(required(options.output, "output"), context),
      labelThreshold: numberWithin(options.threshold, "threshold", {
        low: 0,
        high: 65535,
      }),
      signal: context.signal,
      onInputs: (paths: readonly string[]) => outputs.addInputs(paths),
    };
    const { importStack } = await import("@/data/mod.ts");
    const imported = await importStack(plan);
    for (const line of imported.warnings) context.note(`Note: ${line}`);
    if (options.json) {
      context.print(JSON.stringify(imported, null, 2));
      return 0;
    }
    const { path, shapeVox, bits, clefts, cleftVox } = imported;
    context.print(`${path}: ${shapeVox.join(" × ")} voxels, ${bits} bits`);
    const share = 100 * (cleftVox ?? 0) / sizeOf(shapeVox);
    context.print(
      clefts === null
        ? "No labels"
        : `${clefts} clefts of ${cleftVox} voxels in all, ` +
          `${shortNumber(share)} % of the volume`,
    );
    return 0;
  },
});
