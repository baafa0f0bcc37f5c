import { basename, extname } from "node:path";
import * as z from "zod";
import { deciding, ExperimentError } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { defineSource } from "./_source.ts";
import { greyReader } from "./_grey.ts";
import { hdf5Volume, placeLabels } from "./_hdf5_volume.ts";
import { cremiLabels } from "./_labels.ts";
import { findFile } from "./find_file.ts";
import { hashInput } from "./hash_input.ts";

/**
 * An HDF5 file in the layout of the CREMI challenge (cremi.org): grey values and
 * cleft ids with the attributes `resolution` and `offset`. Labels smaller than
 * the raw data, as in the padded files, lie where their offset says; around them
 * the mask is 0.
 */
export const cremi = defineSource({
  name: "cremi",
  summary: "HDF5 file in the layout of the CREMI challenge",
  options: {
    file: z.string().min(1).describe("the file, below a data root or absolute"),
    raw: z.string().min(1).default("volumes/raw").describe(
      "dataset of the grey values",
    ),
    labels: z.string().min(1).default("volumes/labels/clefts").describe(
      "dataset of the cleft ids; without it the volume has no labels",
    ),
    name: deciding(
      "nothing",
      z.string().min(1).optional().describe(
        "what reports call it; the file's name by default",
      ),
    ),
  },
  create: ({ file, raw, labels, name }) => ({
    async open(context) {
      const path = await findFile(file, context);
      const where = `${context.where} (${path})`;
      using opened = new DisposableStack();
      const hdf5 = opened.use(await openHdf5(path, where));
      const input = await hashInput(path, context.cacheFolder, where);
      const rawData = hdf5.dataset(raw);
      if (!rawData.resolutionNm) {
        throw new ExperimentError(
          `Cannot use "${raw}" of "${path}": it has no attribute "resolution"`,
          { where, fix: "Add it: nanometres per voxel, z y x" },
        );
      }
      const labelData = hdf5.names.includes(labels)
        ? hdf5.dataset(labels)
        : undefined;
      const volume = hdf5Volume({
        name: name ?? basename(path, extname(path)),
        grid: {
          shapeVox: rawData.shapeVox,
          voxelNm: rawData.resolutionNm,
          offsetNm: rawData.offsetNm ?? [0, 0, 0],
        },
        raw: rawData,
        grey: greyReader(rawData, where),
        labels: labelData && {
          dataset: labelData,
          read: cremiLabels(labelData, where),
          startVox: placeLabels(rawData, labelData, where),
        },
        inputs: [input],
        files: [hdf5],
      });
      opened.move();
      return volume;
    },
  }),
});
