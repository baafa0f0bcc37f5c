import { basename, extname } from "node:path";
import * as z from "zod";
import { deciding } from "@/core/mod.ts";
import { partnerPlaces } from "../cremi/partner_places.ts";
import { alignedOrigin } from "../align/record.ts";
import {
  cleftsName,
  neuronIdsName,
  partnersName,
  rawName,
} from "../cremi/layout.ts";
import { neuronsIn } from "../cremi/neurons.ts";
import { farPairNm } from "../cremi/partners.ts";
import { openHdf5 } from "../hdf5/mod.ts";
import { gridOf } from "./_resolution.ts";
import { defineSource } from "./_source.ts";
import { openArrays } from "./_open_arrays.ts";
import { resolutionOption } from "./_resolution_option.ts";
import { findFile } from "./find_file.ts";

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
    resolutionNm: resolutionOption,
    partnersWithinNm: z.number().positive().default(farPairNm).describe(
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
      const container = opened.use(await openHdf5(path, where));
      const volume = await openArrays({
        name: name ?? basename(path, extname(path)),
        raw: { container, array: raw, where },
        labels: container.has(labels)
          ? { container, array: labels, where }
          : undefined,
        resolutionNm,
        partners: container.has(partnersName)
          ? (grid) =>
            partnerPlaces(container, { grid, partnersWithinNm, where })
          : undefined,
        neurons: container.has(neuronIdsName)
          ? (grid) => {
            const dataset = container.dataset(neuronIdsName, {
              hasResolution: resolutionNm !== undefined,
            });
            const own = gridOf(dataset, { resolutionNm, where, like: grid });
            return neuronsIn({ dataset, grid: own }, where)
              .sectionsOf(grid, where);
          }
          : undefined,
        origin: alignedOrigin(container, {
          raw: raw.replace(/^\/+/, ""),
          where,
        }),
      }, context);
      opened.move();
      return volume;
    },
  }),
});
