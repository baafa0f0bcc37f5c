import type { WindowAxis } from "../emit/convolution.ts";
import {
  concatenate,
  pad,
  reshape,
  reverse,
  sliceAlong,
  transpose,
} from "../emit/shape.ts";
import type { HloValue } from "../value.ts";
import { turnedAround } from "./_conv_forms.ts";
import type { ConvAxis } from "./_conv_geometry.ts";

/** How volumes `[N, D, H, W, C]` and kernels `[kd, kh, kw, Ci, Co]` are convolved. */
export interface ConvLayout {
  /** The axes of space that are left. */
  readonly axes: readonly ConvAxis[];
  /** An image, for the kernel to move over. */
  image(x: HloValue): HloValue;
  /** The gradient of a result, for the turned kernel to move over. */
  spread(dy: HloValue): HloValue;
  /** The gradient of a result, to be a kernel itself. */
  result(dy: HloValue): HloValue;
  /** A kernel, to move over an image. */
  kernel(kernel: HloValue): HloValue;
  /** A kernel, to be turned along the axes that are left and move over a gradient. */
  back(kernel: HloValue): HloValue;
  /** The kernel that {@linkcode kernel} was made of. */
  whole(flat: HloValue): HloValue;
}

type Axes = readonly [z: ConvAxis, y: ConvAxis, x: ConvAxis];

/** As they are, with or without z. */
export function asTheyAre(axes: readonly ConvAxis[]): ConvLayout {
  const same = (x: HloValue) => x;
  return {
    axes,
    image: same,
    spread: same,
    result: same,
    kernel: same,
    back: same,
    whole: same,
  };
}

/** Section by section, by a kernel of one. */
export function asSections([, y, x]: Axes): ConvLayout {
  const oneSection = (kernel: HloValue) =>
    reshape(kernel, kernel.shape.slice(1));
  return {
    axes: [y, x],
    image: asImages,
    spread: asImages,
    result: asImages,
    kernel: oneSection,
    back: oneSection,
    whole: (flat) => reshape(flat, [1, ...flat.shape]),
  };
}

/**
 * By one convolution in two dimensions of neighbouring sections side by side:
 * their channels, one section after another, as the channels of an image. The
 * kernel has no strides along z.
 */
export function asNeighbours([z, y, x]: Axes): ConvLayout {
  const { taps } = z;
  return {
    axes: [y, x],
    image: (volume) => sideBySide(volume, { ...z, taps }),
    spread: (dy) => sideBySide(dy, { ...turnedAround(z), taps }),
    result: asImages,
    kernel: (kernel) => {
      const [, kh, kw, ci, co] = kernel.shape;
      const inside = transpose(kernel, [1, 2, 0, 3, 4]); // taps beside channels
      return reshape(inside, [kh!, kw!, taps * ci!, co!]);
    },
    back: (kernel) => {
      const [, kh, kw, ci, co] = kernel.shape;
      const inside = transpose(reverse(kernel, [0]), [1, 2, 3, 0, 4]);
      return reshape(inside, [kh!, kw!, ci!, taps * co!]);
    },
    whole: (flat) => {
      const [kh, kw, channels, co] = flat.shape;
      const inside = reshape(flat, [kh!, kw!, taps, channels! / taps, co!]);
      return transpose(inside, [2, 0, 1, 3, 4]);
    },
  };
}

/** The sections of a batch of volumes as a batch of images. */
function asImages(x: HloValue): HloValue {
  const [n, d, ...rest] = x.shape;
  return reshape(x, [n! * d!, ...rest]);
}

/** Images of what the taps read at each place of a kernel along z. */
function sideBySide(
  x: HloValue,
  { low, high, dilation, taps }: WindowAxis & { readonly taps: number },
): HloValue {
  const around = (sections: number) => [0, sections, 0, 0, 0];
  const deep = pad(x, { low: around(low), high: around(high), value: 0 });
  const places = deep.shape[1]! - (taps - 1) * dilation;
  const read = Array.from({ length: taps }, (_, tap) => {
    const start = tap * dilation;
    return sliceAlong(deep, { axis: 1, start, end: start + places });
  });
  return asImages(concatenate(read, 4)); // [N * places, H, W, taps * C]
}
