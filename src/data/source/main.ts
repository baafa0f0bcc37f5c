import { basename, extname } from "node:path";
import * as z from "zod";
import { deciding } from "@/core/mod.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import type { VoxelArray } from "../voxels/mod.ts";
import { greyReader } from "./_grey.ts";
import { placeLabels, storedVolume } from "./_stored_volume.ts";
import { openLabels } from "./_labels.ts";
import { type DatasetGrid, overruled } from "./_resolution.ts";
import { defineSource } from "./_source.ts";
import { findFile } from "./find_file.ts";
import { hashInput } from "./hash_input.ts";

const positive = z.number().positive();

/** The report's background: values above it. */
const highest = 1e10;

/**
 * HDF5 files of one dataset `main` each, as the report keeps them: one of grey
 * values, one of labels. Labels of 0 or above 1e10 are background, all others
 * cleft, but for what became of CREMI's background in narrower types. The files do not say their resolution, so the experiment does.
 */
export const main = defineSource({
  name: "main",
  summary: "HDF5 files with one dataset `main`: grey values, and labels",
  options: {
    raw: z.string().min(1).describe(
      "file of the grey values, below a data root or absolute",
    ),
    labels: z.string().min(1).optional().describe(
      "file of the labels; without it the volume has none",
    ),
    resolutionNm: z.tuple([positive, positive, positive]).readonly()
      .default([40, 4, 4]).describe("extent of a voxel in nm, z y x"),
    dataset: z.string().min(1).default("main").describe(
      "the dataset in both files",
    ),
    name: deciding(
      "nothing",
      z.string().min(1).optional().describe(
        "what reports call it; the raw file's name by default",
      ),
    ),
  },
  create: ({ raw, labels, resolutionNm, dataset, name }) => ({
    async open(context) {
      using opened = new DisposableStack();
      const openOne = async (file: string) => {
        const path = await findFile(file, context);
        const where = `${context.where} (${path})`;
        const hdf5 = opened.use(await openHdf5(path, where));
        const input = await hashInput(path, {
          cacheFolder: context.cacheFolder,
          where,
        });
        return {
          path,
          where,
          input,
          hdf5,
          dataset: hdf5.dataset(dataset, { hasResolution: true }),
        };
      };
      const grey = await openOne(raw);
      const truth = labels === undefined || context.withoutLabels
        ? undefined
        : await openOne(labels);
      const files = truth ? [grey, truth] : [grey];
      // What the files say about places is not meant here: one grid for both.
      const gridOf = (dataset: VoxelArray): DatasetGrid => ({
        name: dataset.name,
        shapeVox: dataset.shapeVox,
        voxelNm: resolutionNm,
        offsetNm: [0, 0, 0],
        scale: [1, 1, 1],
        hasOffset: false,
        notes: overruled(dataset, resolutionNm),
      });
      const grid = gridOf(grey.dataset);
      const volume = storedVolume({
        name: name ?? basename(grey.path, extname(grey.path)),
        grid,
        raw: grey,
        grey: greyReader(grey.dataset, grey.where),
        labels: truth && {
          startVox: placeLabels(gridOf(truth.dataset), {
            raw: grid,
            where: truth.where,
          }),
          ...openLabels(truth.dataset, {
            where: truth.where,
            sha256: truth.input.sha256,
            cacheFolder: context.cacheFolder,
            highest,
          }),
          ...truth,
        },
        files: files.map(({ hdf5 }) => hdf5),
      });
      opened.move();
      return volume;
    },
  }),
});
