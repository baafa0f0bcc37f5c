import {
  conv3dInputGradientKernel,
  conv3dKernel,
  conv3dKernelGradientKernel,
} from "./convolution.ts";
import { type FastKernel, replaceKernel } from "./_kernel.ts";

const kernels: Record<string, FastKernel> = {
  Conv3D: conv3dKernel,
  Conv3DBackpropInputV2: conv3dInputGradientKernel,
  Conv3DBackpropFilterV2: conv3dKernelGradientKernel,
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
