import { basename, extname } from "node:path";
import * as z from "zod";
import { deciding } from "@/core/mod.ts";
import { partnerPlaces } from "../cremi/partner_places.ts";
import { alignedOrigin } from "../align/record.ts";
import { cleftsName, partnersName, rawName } from "../cremi/layout.ts";
import { farPairNm } from "../cremi/partners.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { defineSource } from "./_source.ts";
import { greyReader } from "./_grey.ts";
import { boxOf, hdf5Volume, placeLabels } from "./_hdf5_volume.ts";
import { openLabels } from "./_labels.ts";
import { gridOf } from "./_resolution.ts";
import { findFile } from "./find_file.ts";
import { hashInput } from "./hash_input.ts";

const positive = z.number().positive();

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
    raw: z.string().min(1).default(rawName).describe(
      "dataset of the grey values",
    ),
    labels: z.string().min(1).default(cleftsName).describe(
      "dataset of the cleft ids; without it the volume has no labels",
    ),
    resolutionNm: z.tuple([positive, positive, positive]).readonly().optional()
      .describe(
        "extent of a voxel in nm, z y x, for a file that says none or a wrong one",
      ),
    partnersWithinNm: positive.default(farPairNm).describe(
      "synaptic partners that are farther apart are left out, in nm",
    ),
    name: deciding(
      "nothing",
      z.string().min(1).optional().describe(
        "what reports call it; the file's name by default",
      ),
    ),
  },
  create: ({ file, raw, labels, resolutionNm, partnersWithinNm, name }) => ({
    async open(context) {
      const path = await findFile(file, context);
      const where = `${context.where} (${path})`;
      using opened = new DisposableStack();
      const hdf5 = opened.use(await openHdf5(path, where));
      const input = await hashInput(path, {
        cacheFolder: context.cacheFolder,
        where,
      });
      const hasResolution = resolutionNm !== undefined;
      const rawData = hdf5.dataset(raw, { hasResolution });
      const grid = gridOf(rawData, { resolutionNm, where });
      const hasLabels = hdf5.has(labels);
      const placed = () => {
        const dataset = hdf5.dataset(labels, { hasResolution });
        const own = gridOf(dataset, { resolutionNm, where, like: grid });
        return { dataset, startVox: placeLabels(own, { raw: grid, where }) };
      };
      const read = () => {
        const { dataset, startVox } = placed();
        return {
          ...{ dataset, startVox },
          ...openLabels(dataset, {
            where,
            sha256: input.sha256,
            cacheFolder: context.cacheFolder,
          }),
        };
      };
      const volume = hdf5Volume({
        name: name ?? basename(path, extname(path)),
        grid,
        raw: rawData,
        grey: greyReader(rawData, where),
        labels: hasLabels && !context.withoutLabels ? read() : undefined,
        labelledBox: () => hasLabels ? boxOf(placed()) : undefined,
        partners: hdf5.has(partnersName)
          ? () => partnerPlaces(hdf5, { grid, partnersWithinNm, where })
          : undefined,
        origin: alignedOrigin(hdf5, { raw: rawData.name, where }),
        inputs: [input],
        files: [hdf5],
      });
      opened.move();
      return volume;
    },
  }),
});
