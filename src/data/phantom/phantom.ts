import * as z from "zod";
import {
  cropArray,
  fraction,
  nonNegative,
  type Volume,
  whole,
  zyxCount,
} from "@/core/mod.ts";
import { defineSource } from "../source/_source.ts";
import { makePhantom } from "./make.ts";

const positive = z.number().positive();

/**
 * A volume that looks like serial-section TEM of neuropil and needs no data:
 * neurites, membranes cut straight and obliquely, mitochondria, vesicles,
 * T-bars and labelled clefts; dark junctions, glia and dense cores that are
 * none; noise, shifts and changes of contrast between sections. Equal options
 * give equal voxels.
 */
export const phantom = defineSource({
  name: "phantom",
  summary: "Made-up volume that looks like ssTEM, with clefts labelled",
  options: {
    seed: whole(1, "decides everything that is random"),
    shapeVox: zyxCount([24, 320, 320], "extent in voxels, z y x"),
    voxelNm: z.tuple([positive, positive, positive]).readonly()
      .default([50, 4.6, 4.6]).describe("extent of a voxel in nm, z y x"),
    synapsesPerUm3: nonNegative(4.5, "synapses in a cubic micrometre"),
    junctionsPerUm3: nonNegative(
      4,
      "dark junctions that are no synapses, in a cubic micrometre",
    ),
    noise: fraction(0.06, "strength of the noise in grey values from 0 to 1"),
    misalignmentNm: nonNegative(6, "standard deviation of a section's shift"),
    weakSections: fraction(0.04, "share of the sections with weak contrast"),
    name: z.string().min(1).optional().describe(
      "what reports call it; phantom and the seed by default",
    ),
  },
  create: ({ name, ...plan }) => ({
    open() {
      const { raw, cleft, ...grid } = makePhantom(plan);
      const volume: Volume = {
        ...grid,
        name: name ?? `phantom-${plan.seed}`,
        hasLabels: true,
        inputs: [],
        origin: {
          data: `phantom ${JSON.stringify(plan)}`,
          startVox: [0, 0, 0],
          hasOffset: false,
        },
        read(box) {
          const bytes = cropArray(raw, grid.shapeVox, box);
          return {
            image: Float32Array.from(bytes, (byte) => byte / 255),
            target: cropArray(cleft, grid.shapeVox, box),
            mask: new Uint8Array(bytes.length).fill(1),
            shapeVox: box.shapeVox,
          };
        },
        [Symbol.dispose]() {},
      };
      return Promise.resolve(volume);
    },
  }),
});
