import { convolve, type WindowAxis } from "../emit/convolution.ts";
import { pad, reshape, reverse } from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import type { HloValue } from "../value.ts";
import { convAxes, type ConvAxis } from "./_conv_geometry.ts";
import type { Lowerings } from "./_lowering.ts";

/** Convolutions in three dimensions, and their gradients. */
export const convolutionLowerings: Lowerings = {
  Conv3D(operation) {
    const [x, kernel] = operation.inputs as [HloValue, HloValue];
    const grid = convAxes(operation, { image: x.shape, kernel: kernel.shape });
    return onGrid(operation, { x, kernel, grid });
  },
  Conv3DBackpropInputV2(operation) {
    const [, kernel, dy] = operation.inputs as [HloValue, HloValue, HloValue];
    const shape = operation.numbers(0);
    const grid = convAxes(operation, { image: shape, kernel: kernel.shape });
    return inputGradient(operation, { kernel, dy, grid });
  },
  Conv3DBackpropFilterV2(operation) {
    const [x, , dy] = operation.inputs as [HloValue, HloValue, HloValue];
    const shape = operation.numbers(1);
    const grid = convAxes(operation, { image: x.shape, kernel: shape });
    return kernelGradient(operation, { x, dy, grid });
  },
};

type Grid = readonly ConvAxis[];

function onGrid(
  { options: { precision } }: Operation,
  { x, kernel, grid }: { x: HloValue; kernel: HloValue; grid: Grid },
): HloValue {
  const flat = isFlat(grid), axes = flat ? grid.slice(1) : grid;
  const image = flat ? asImages(x) : x;
  const y = convolve([image, flat ? firstSection(kernel) : kernel], {
    window: axes.map(({ stride, low, high, dilation }) => ({
      stride,
      low,
      high,
      dilation,
    })),
    axes: ["b#f", "#io", "b#f"],
    shape: [
      image.shape[0]!,
      ...axes.map(({ resultVox }) => resultVox),
      kernel.shape[4]!,
    ],
    precision,
  });
  return reshape(y, [
    x.shape[0]!,
    ...grid.map(({ resultVox }) => resultVox),
    kernel.shape[4]!,
  ]);
}

/** The kernel, turned around, on the gradient with zeros between its voxels. */
function inputGradient(
  { options: { precision } }: Operation,
  { kernel, dy, grid }: { kernel: HloValue; dy: HloValue; grid: Grid },
): HloValue {
  const flat = isFlat(grid), axes = flat ? grid.slice(1) : grid;
  const image = flat ? asImages(dy) : dy;
  const taps = flat ? firstSection(kernel) : kernel;
  const none = image.shape.map(() => 0);
  const spread = pad(image, {
    low: none,
    high: none,
    interior: [0, ...axes.map(({ stride }) => stride - 1), 0],
    value: 0,
  });
  const dx = convolve([spread, reverse(taps, axes.map((_, i) => i))], {
    window: axes.map((
      { low, reach, imageVox, span, dilation },
    ): WindowAxis => ({
      stride: 1,
      low: reach - low,
      high: imageVox - 1 - span + low,
      dilation,
    })),
    axes: ["b#f", "#oi", "b#f"],
    shape: [
      image.shape[0]!,
      ...axes.map(({ imageVox }) => imageVox),
      kernel.shape[3]!,
    ],
    precision,
  });
  return reshape(dx, [
    dy.shape[0]!,
    ...grid.map(({ imageVox }) => imageVox),
    kernel.shape[3]!,
  ]);
}

/** The gradient as a kernel on the image, with channels in place of samples. */
function kernelGradient(
  { options: { precision } }: Operation,
  { x, dy, grid }: { x: HloValue; dy: HloValue; grid: Grid },
): HloValue {
  const flat = isFlat(grid), axes = flat ? grid.slice(1) : grid;
  const channels = [x.shape[4]!, dy.shape[4]!];
  const images = flat ? [asImages(x), asImages(dy)] as const : [x, dy] as const;
  const dKernel = convolve(images, {
    window: axes.map(({ low, high, stride, dilation }): WindowAxis => ({
      stride: dilation,
      low,
      high,
      dilation: stride,
    })),
    axes: ["f#b", "i#o", "#bf"],
    shape: [...axes.map(({ taps }) => taps), ...channels],
    precision,
  });
  return reshape(dKernel, [...grid.map(({ taps }) => taps), ...channels]);
}

/** Whether sections can be convolved one by one. */
function isFlat([z]: Grid): boolean {
  return z!.taps === 1 && z!.stride === 1;
}

/** The sections of a batch of volumes as a batch of images. */
function asImages(x: HloValue): HloValue {
  const [n, d, ...rest] = x.shape;
  return reshape(x, [n! * d!, ...rest]);
}

/** The one section of a kernel. */
function firstSection(kernel: HloValue): HloValue {
  return reshape(kernel, kernel.shape.slice(1));
}
