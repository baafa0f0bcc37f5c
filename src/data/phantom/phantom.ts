import * as z from "zod";
import {
  checkInside,
  cropArray,
  type Entry,
  ExperimentError,
  floatsFrom,
  fraction,
  mapZyx,
  nonNegative,
  sizeOf,
  type Volume,
  whole,
  zyxCount,
} from "@/core/mod.ts";
import { defineSource } from "../source/_source.ts";
import { makePhantom, type Phantom } from "./make.ts";
import { extentOf, type PhantomPlan } from "./scene.ts";

const positive = z.number().positive();

/** The most voxels of a phantom: making so many takes a minute. */
const mostVox = 2 ** 26;
/** The most tissue that a phantom can be cut from; so many voxels show less. */
const most = { um3: 100, um2: 400, um: 100, sites: 10_000 } as const;

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
    shapeVox: zyxCount([24, 320, 320], "extent in voxels, z y x").refine(
      (shapeVox) => sizeOf(shapeVox) <= mostVox,
      {
        message:
          `it has more than ${mostVox} voxels, which take minutes to make`,
        params: { fix: "Write a smaller extent, or use a volume of your own" },
      },
    ),
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
    open({ where }) {
      checkTissue(plan, where);
      let made: Phantom | undefined; // takes seconds, and not all read it
      const { shapeVox, voxelNm } = plan;
      const volume: Volume = {
        shapeVox,
        voxelNm,
        offsetNm: [0, 0, 0],
        name: name ?? `phantom-${plan.seed}`,
        hasLabels: true,
        inputs: [],
        origin: {
          data: `phantom ${JSON.stringify(plan)}`,
          startVox: [0, 0, 0],
          hasOffset: false,
          isMade: true,
        },
        partners: () => (made ??= makePhantom(plan)).partners,
        neurons() {
          const { neuronIds } = made ??= makePhantom(plan);
          const area = shapeVox[1] * shapeVox[2];
          return (z) => neuronIds.subarray(z * area, (z + 1) * area);
        },
        read(box) {
          checkInside(box, shapeVox);
          const { raw, cleft } = made ??= makePhantom(plan);
          const bytes = cropArray(raw, shapeVox, box);
          return {
            image: floatsFrom(bytes, (byte) => byte / 255),
            target: cropArray(cleft, shapeVox, box),
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

/** What an entry of the catalog that names a phantom says of it. */
export function phantomPlan(
  { type: _, name: _name, ...plan }: Entry,
): PhantomPlan {
  return z.strictObject(phantom.options).omit({ name: true }).parse(plan);
}

/**
 * Fails where there would be so much tissue that it takes hours to grow.
 *
 * @throws {ExperimentError} What there is too much of.
 */
export function checkTissue(plan: PhantomPlan, where: string): void {
  const [depth, height, width] = mapZyx((axis) => extentOf(plan)[axis] / 1000);
  const um2 = height * width, um3 = depth * um2;
  const sites = (plan.synapsesPerUm3 + plan.junctionsPerUm3) * um3;
  const refuse = (what: string, limit: string, fix: string) => {
    throw new ExperimentError(
      `Cannot make a phantom of ${what}: the most are ${limit}`,
      { where: `${where}.source`, fix },
    );
  };
  const um = Math.max(depth, height, width);
  if (um3 > most.um3 || um2 > most.um2 || um > most.um) {
    const shown = [depth, height, width].map((um) => +um.toPrecision(3));
    const limit =
      `${most.um3} µm³, ${most.um2} µm² a section and ${most.um} µm a side`;
    refuse(`${shown.join(" × ")} µm`, limit, "Lower shapeVox or voxelNm");
  }
  if (sites > most.sites) {
    refuse(
      `about ${Math.round(sites)} synapses and junctions`,
      `${most.sites}`,
      "Lower synapsesPerUm3 or junctionsPerUm3",
    );
  }
}
