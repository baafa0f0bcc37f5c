import * as tf from "@tensorflow/tfjs-core";
import { type Call, tensorOf, valuesOf } from "./_kernel.ts";

type Shape5D = [number, number, number, number, number];

/** One tap of a kernel along one row of voxels. */
interface Run {
  /** The first input voxel's index in its array. */
  readonly from: number;
  /** The first output voxel's index in its array. */
  readonly to: number;
  /** Output voxels in the row that the tap reaches. */
  readonly voxels: number;
  /** Index of the tap's `[Ci, Co]` weights. */
  readonly tap: number;
}

/** tfjs's `Conv3D`, with dilations. */
export function conv3dKernel({ inputs, attrs }: Call): tf.TensorInfo {
  const { x, filter } = inputs;
  const plan = planOf(x!.shape, filter!.shape, attrs);
  const input = valuesOf(x!), weights = valuesOf(filter!);
  const output = new Float32Array(tf.util.sizeFromShape(plan.outShape));
  const { inChannels, outChannels, step } = plan;
  const blocked = outChannels - outChannels % 4;
  eachRun(plan, ({ from, to, voxels, tap }) => {
    for (let v = 0; v < voxels; v++, from += step, to += outChannels) {
      // Four sums at a time stay in registers.
      for (let co = 0; co < blocked; co += 4) {
        let a = 0, b = 0, c = 0, d = 0;
        for (let ci = 0, w = tap + co; ci < inChannels; ci++) {
          const value = input[from + ci]!;
          a += value * weights[w]!;
          b += value * weights[w + 1]!;
          c += value * weights[w + 2]!;
          d += value * weights[w + 3]!;
          w += outChannels;
        }
        output[to + co]! += a;
        output[to + co + 1]! += b;
        output[to + co + 2]! += c;
        output[to + co + 3]! += d;
      }
      for (let co = blocked; co < outChannels; co++) {
        let sum = 0;
        for (let ci = 0, w = tap + co; ci < inChannels; ci++) {
          sum += input[from + ci]! * weights[w]!;
          w += outChannels;
        }
        output[to + co]! += sum;
      }
    }
  });
  return tensorOf(plan.outShape, output);
}

/** tfjs's `Conv3DBackpropInputV2`, with dilations. */
export function conv3dInputGradientKernel(
  { inputs, attrs }: Call,
): tf.TensorInfo {
  const { dy, filter } = inputs;
  const inputShape = attrs["inputShape"] as Shape5D;
  const plan = planOf(inputShape, filter!.shape, attrs);
  const gradient = valuesOf(dy!), weights = valuesOf(filter!);
  const result = new Float32Array(tf.util.sizeFromShape(inputShape));
  const { inChannels, outChannels, step } = plan;
  const blocked = inChannels - inChannels % 4;
  eachRun(plan, ({ from, to, voxels, tap }) => {
    for (let v = 0; v < voxels; v++, from += step, to += outChannels) {
      for (let ci = 0; ci < blocked; ci += 4) {
        const w = tap + ci * outChannels;
        let a = 0, b = 0, c = 0, d = 0;
        for (let co = 0, k = w; co < outChannels; co++, k++) {
          const value = gradient[to + co]!;
          a += value * weights[k]!;
          b += value * weights[k + outChannels]!;
          c += value * weights[k + 2 * outChannels]!;
          d += value * weights[k + 3 * outChannels]!;
        }
        result[from + ci]! += a;
        result[from + ci + 1]! += b;
        result[from + ci + 2]! += c;
        result[from + ci + 3]! += d;
      }
      for (let ci = blocked; ci < inChannels; ci++) {
        let sum = 0;
        for (let co = 0, w = tap + ci * outChannels; co < outChannels; co++) {
          sum += gradient[to + co]! * weights[w + co]!;
        }
        result[from + ci]! += sum;
      }
    }
  });
  return tensorOf(inputShape, result);
}

/** tfjs's `Conv3DBackpropFilterV2`, with dilations. */
export function conv3dKernelGradientKernel(
  { inputs, attrs }: Call,
): tf.TensorInfo {
  const { x, dy } = inputs;
  const filterShape = attrs["filterShape"] as Shape5D;
  const plan = planOf(x!.shape, filterShape, attrs);
  const input = valuesOf(x!), gradient = valuesOf(dy!);
  const sums = new Float64Array(tf.util.sizeFromShape(filterShape));
  const { inChannels, outChannels, step } = plan;
  const blocked = outChannels - outChannels % 4;
  eachRun(plan, ({ from, to, voxels, tap }) => {
    for (let ci = 0; ci < inChannels; ci++) {
      const w = tap + ci * outChannels, end = from + ci + voxels * step;
      for (let co = 0; co < blocked; co += 4) {
        let a = 0, b = 0, c = 0, d = 0;
        for (let i = from + ci, o = to + co; i < end; i += step) {
          const value = input[i]!;
          a += value * gradient[o]!;
          b += value * gradient[o + 1]!;
          c += value * gradient[o + 2]!;
          d += value * gradient[o + 3]!;
          o += outChannels;
        }
        sums[w + co]! += a;
        sums[w + co + 1]! += b;
        sums[w + co + 2]! += c;
        sums[w + co + 3]! += d;
      }
      for (let co = blocked; co < outChannels; co++) {
        let sum = 0;
        for (let i = from + ci, o = to + co; i < end; i += step) {
          sum += input[i]! * gradient[o]!;
          o += outChannels;
        }
        sums[w + co]! += sum;
      }
    }
  });
  return tensorOf(filterShape, Float32Array.from(sums));
}

interface Plan {
  readonly info: tf.backend_util.Conv3DInfo;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly outShape: number[];
  /** Distance in the input array between the voxels of two neighbours in the output. */
  readonly step: number;
}

function planOf(
  inShape: readonly number[],
  kernelShape: readonly number[],
  { strides, dilations = 1, pad }: Call["attrs"],
): Plan {
  const info = tf.backend_util.computeConv3DInfo(
    inShape as Shape5D,
    kernelShape as Shape5D,
    strides as number,
    dilations as number,
    pad as "same",
  );
  const { inChannels, outChannels, outShape } = info;
  return {
    info,
    inChannels,
    outChannels,
    outShape,
    step: info.strideWidth * inChannels,
  };
}

/** Visits every tap along every row of output voxels, always in the same order. */
function eachRun({ info, step }: Plan, visit: (run: Run) => void): void {
  const { inDepth, inHeight, inWidth, inChannels } = info;
  const { outDepth, outHeight, outWidth, outChannels } = info;
  // tfjs pads by less than nothing where a stride is greater than the kernel.
  const [front, top, left] = [
    info.padInfo.front,
    info.padInfo.top,
    info.padInfo.left,
  ].map((pad) => Math.max(0, pad)) as [number, number, number];
  const weightsOfTap = inChannels * outChannels;
  for (let n = 0; n < info.batchSize; n++) {
    for (let z = 0; z < outDepth; z++) {
      for (let y = 0; y < outHeight; y++) {
        const row = ((n * outDepth + z) * outHeight + y) * outWidth;
        let tap = -weightsOfTap;
        for (let kz = 0; kz < info.filterDepth; kz++) {
          const iz = z * info.strideDepth - front + kz * info.dilationDepth;
          for (let ky = 0; ky < info.filterHeight; ky++) {
            const iy = y * info.strideHeight - top + ky * info.dilationHeight;
            for (let kx = 0; kx < info.filterWidth; kx++) {
              tap += weightsOfTap;
              if (iz < 0 || iz >= inDepth || iy < 0 || iy >= inHeight) continue;
              const shift = kx * info.dilationWidth - left;
              // Output voxels whose input, x * stride + shift, is in the row.
              const first = Math.max(0, Math.ceil(-shift / info.strideWidth));
              const last = Math.min(
                outWidth - 1,
                Math.floor((inWidth - 1 - shift) / info.strideWidth),
              );
              if (last < first) continue;
              const inputRow = ((n * inDepth + iz) * inHeight + iy) * inWidth;
              visit({
                from: (inputRow + shift) * inChannels + first * step,
                to: (row + first) * outChannels,
                voxels: last - first + 1,
                tap,
              });
            }
          }
        }
      }
    }
  }
}
