import { gaussianFilter, type Zyx } from "@/core/mod.ts";

const sigmaVox: Zyx = [0.5, 4, 4];

/**
 * What no learning at all would say of grey values `[D, H, W]` from 0 to 1: dark
 * is cleft. It is 1 less the grey value after a Gaussian blur of 0.5 sections and
 * 4 voxels in plane; the result is new. A network that does not beat it has
 * learned little.
 */
export function darkness(image: Float32Array, shapeVox: Zyx): Float32Array {
  const blurred = gaussianFilter(image, shapeVox, sigmaVox); // [D, H, W]
  for (let i = 0; i < blurred.length; i++) blurred[i] = 1 - blurred[i]!;
  return blurred;
}
