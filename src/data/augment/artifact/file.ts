import * as z from "zod";
import {
  type Box,
  ExperimentError,
  type Volume,
  type Zyx,
} from "@/core/mod.ts";
import { type Hdf5Dataset, type Numbers, openHdf5 } from "../../hdf5/mod.ts";
import { findFile, greyReader, hashInput } from "../../source/mod.ts";
import { defineArtifactSource, shareNumbers, sheetsOf } from "./_source.ts";

const positive = z.number().positive();

/**
 * An HDF5 file of sections with artifacts and their mask, such as
 * `sample_ABC_padded_20160501.defects.hdf` of gunpowder's CREMI example (AUG-8).
 * The mask is 0 or 1, or from 0 to 255, or a share from 0 to 1.
 */
export const artifactFile = defineArtifactSource({
  name: "file",
  summary: "HDF5 file of sections with artifacts, and their mask",
  options: {
    file: z.string().min(1).describe("the file, below a data root or absolute"),
    raw: z.string().min(1).default("defect_sections/raw").describe(
      "dataset of the grey values",
    ),
    mask: z.string().min(1).default("defect_sections/mask").describe(
      "dataset that says how much of a voxel is artifact",
    ),
    resolutionNm: z.tuple([positive, positive, positive]).readonly().optional()
      .describe(
        "extent of a voxel in nm, z y x; needed if the file does not say it",
      ),
  },
  create: ({ file, raw, mask, resolutionNm }) => ({
    async load(context) {
      const path = await findFile(file, context);
      const where = `${context.where} (${path})`;
      using hdf5 = await openHdf5(path, where);
      const { checkUnchanged, ...input } = await hashInput(path, {
        cacheFolder: context.cacheFolder,
        where,
      });
      const hasResolution = resolutionNm !== undefined;
      const grey = hdf5.dataset(raw, { hasResolution });
      const alpha = hdf5.dataset(mask, { hasResolution: true }); // of no use
      if (grey.shapeVox.some((n, axis) => n !== alpha.shapeVox[axis])) {
        throw new ExperimentError(
          `Cannot blend artifacts: "${raw}" has ${grey.shapeVox.join(" × ")} ` +
            `voxels, "${mask}" ${alpha.shapeVox.join(" × ")}`,
          { where, fix: "Give both one shape" },
        );
      }
      const voxelNm = resolutionNm ?? grey.resolutionNm;
      checkVoxels(voxelNm, context.volumes, where);
      const grid = {
        shapeVox: grey.shapeVox,
        voxelNm,
        offsetNm: [0, 0, 0],
      } as const;
      const inGrey = greyReader(grey, where),
        inAlpha = alphaReader(alpha, where);
      const stack = {
        image: shareNumbers(
          { name: raw, grid },
          (startVox, shapeVox) => inGrey(grey.read({ startVox, shapeVox })),
        ),
        alpha: shareNumbers(
          { name: mask, grid },
          (startVox, shapeVox) => inAlpha(alpha.read({ startVox, shapeVox })),
        ),
      };
      checkUnchanged();
      return sheetsOf([stack], { inputs: [input], where });
    },
  }),
});

/** Fails unless the volumes have voxels of this extent. */
function checkVoxels(
  voxelNm: Zyx | undefined,
  volumes: readonly Volume[],
  where: string,
): asserts voxelNm is Zyx {
  if (!voxelNm) {
    throw new ExperimentError(
      "Cannot blend artifacts: their file does not say how large voxels are",
      { where, fix: "Set artifacts.resolutionNm: nanometres, z y x" },
    );
  }
  const other = volumes.find((volume) =>
    volume.voxelNm.some((nm, axis) => Math.abs(nm - voxelNm[axis]!) > 0.01)
  );
  if (!other) return;
  throw new ExperimentError(
    `Cannot blend artifacts of ${voxelNm.join(" × ")} nm per voxel into ` +
      `"${other.name}", which has ${other.voxelNm.join(" × ")} nm`,
    {
      where,
      fix: "Use artifacts of the same resolution, or set " +
        "artifacts.resolutionNm if the file is wrong",
    },
  );
}

/** How the mask becomes a share from 0 to 1. */
function alphaReader(
  dataset: Hdf5Dataset,
  where: string,
): (numbers: Numbers) => Float32Array {
  const isFloat = dataset.kind.startsWith("f");
  let most = 0;
  for (const box of slabsOf(dataset.shapeVox)) {
    for (const number of dataset.read(box)) {
      const value = Number(number);
      if (!(value >= 0 && value <= (isFloat ? 1 : 255))) {
        throw new ExperimentError(
          `Cannot read the mask "${dataset.name}": one value is ${number}, ` +
            `they should be from 0 to ${isFloat ? 1 : "1 or to 255"}`,
          { where, fix: "Correct the mask" },
        );
      }
      if (value > most) most = value;
    }
  }
  const one = most > 1 ? 255 : 1;
  return (numbers) =>
    Float32Array.from(
      { length: numbers.length },
      (_, i) => Number(numbers[i]) / one,
    );
}

/** A few sections at a time. */
function* slabsOf([depth, height, width]: Zyx): Generator<Box> {
  for (let z = 0; z < depth; z += 4) {
    yield {
      startVox: [z, 0, 0],
      shapeVox: [Math.min(4, depth - z), height, width],
    };
  }
}
