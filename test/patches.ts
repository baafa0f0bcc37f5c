import { ok } from "node:assert";
import { ExperimentError, type Zyx } from "@/core/mod.ts";
import { describeNetwork, type Net } from "@/model/mod.ts";

/** Small patches with more than one voxel below: flat, and for cubic poolings. */
const smallPatches: readonly Zyx[] = [[4, 64, 64], [32, 32, 32]];

/** The first patch that a network takes, of small ones unless told. */
export function patchFor(
  net: Net,
  patches: readonly Zyx[] = smallPatches,
): Zyx {
  const fits = patches.find((patchVox) => {
    try {
      return describeNetwork(net, patchVox).stages.length > 0;
    } catch (error) {
      if (error instanceof ExperimentError) return false;
      throw error;
    }
  });
  ok(fits, "no patch fits");
  return fits;
}
