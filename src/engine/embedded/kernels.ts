import { type FastKernel, replaceKernel } from "./_kernel.ts";
import {
  conv3dInputGradientKernel,
  conv3dKernel,
  conv3dKernelGradientKernel,
} from "./convolution.ts";
import { addKernel, multiplyKernel, subKernel } from "./elementwise.ts";
import { sliceKernel, splitKernel, unpackKernel } from "./parts.ts";
import { maxPoolGradientKernel, maxPoolKernel } from "./pooling.ts";
import { meanKernel, sumKernel } from "./reduction.ts";

const kernels: Record<string, FastKernel> = {
  Conv3D: conv3dKernel,
  Conv3DBackpropInputV2: conv3dInputGradientKernel,
  Conv3DBackpropFilterV2: conv3dKernelGradientKernel,
  Add: addKernel,
  Sub: subKernel,
  Multiply: multiplyKernel,
  MaxPool: maxPoolKernel,
  MaxPoolGrad: maxPoolGradientKernel,
  Mean: meanKernel,
  Sum: sumKernel,
  Slice: sliceKernel,
  SplitV: splitKernel,
  Unpack: unpackKernel,
};

let isDone = false;

/** Replaces, once, the kernels of tfjs's `cpu` backend that dominate a training step. */
export function registerKernels(): void {
  if (isDone) return;
  isDone = true;
  for (const [name, kernel] of Object.entries(kernels)) {
    replaceKernel(name, kernel);
  }
}
