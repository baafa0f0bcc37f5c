import * as z from "zod";
import { deciding } from "@/core/mod.ts";
import { regionOptions, sources } from "@/data/mod.ts";

const volume = z.strictObject({
  source: sources.schema.describe("where the volume comes from"),
  ...regionOptions,
  name: deciding(
    "nothing",
    z.string().min(1).max(80).optional().describe(
      "what reports call the volume, in place of its file's name",
    ),
  ),
}).refine((v) => !(v.regionVox && v.regionNm), {
  message: "regionVox and regionNm are both given",
  params: { fix: "Remove one of the two" },
});

/** The volumes that an experiment trains, chooses and measures by. */
export const dataSchema = z.strictObject({
  train: z.array(volume).min(1).describe("volumes to train on"),
  validation: z.array(volume).default([]).describe(
    "volumes to choose the best weights and the threshold by",
  ),
  test: deciding(
    "measurement",
    z.array(volume).default([]).describe(
      "volumes that are only measured, once, at the end",
    ),
  ),
  allowOverlap: deciding(
    "nothing",
    z.boolean().optional().describe(
      "lets splits share voxels, which the report then says in red",
    ),
  ),
}).describe("the volumes");
