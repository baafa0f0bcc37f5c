import { reshape } from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import type { HloValue } from "../value.ts";
import {
  type ConvForm,
  correlate,
  imageGradient,
  kernelGradient,
} from "./_conv_forms.ts";
import { convAxes, type ConvAxis, type ConvShapes } from "./_conv_geometry.ts";
import {
  asNeighbours,
  asSections,
  asTheyAre,
  type ConvLayout,
} from "./_conv_layout.ts";
import type { Lowerings } from "./_lowering.ts";

/** Convolutions in two and three dimensions, and their gradients. */
export const convolutionLowerings: Lowerings = {
  Conv2D: convolution,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  Conv3D: convolution,
  Conv3DBackpropFilterV2: filterGradient,
  Conv3DBackpropInputV2: inputGradient,
};

function convolution(operation: Operation): HloValue {
  const [x, kernel] = operation.inputs as [HloValue, HloValue];
  const shapes = { image: x.shape, kernel: kernel.shape };
  const { layout, form, result } = planned(operation, shapes);
  const y = correlate([layout.image(x), layout.kernel(kernel)], form);
  return reshape(y, result);
}

function inputGradient(operation: Operation): HloValue {
  const [, kernel, dy] = operation.inputs as [HloValue, HloValue, HloValue];
  const shapes = { image: operation.numbers(0), kernel: kernel.shape };
  const { layout, form } = planned(operation, shapes);
  const dx = imageGradient([layout.spread(dy), layout.back(kernel)], form);
  return reshape(dx, shapes.image);
}

function filterGradient(operation: Operation): HloValue {
  const [x, , dy] = operation.inputs as [HloValue, HloValue, HloValue];
  const shapes = { image: x.shape, kernel: operation.numbers(1) };
  const { layout, form } = planned(operation, shapes);
  return layout.whole(
    kernelGradient([layout.image(x), layout.result(dy)], form),
  );
}

/** How a convolution is done. */
function planned(
  operation: Operation,
  shapes: ConvShapes,
): {
  readonly layout: ConvLayout;
  readonly form: ConvForm;
  readonly result: readonly number[];
} {
  const axes = convAxes(operation, shapes);
  const { precision } = operation.options;
  const layout = layoutOf(axes);
  return {
    layout,
    form: { axes: layout.axes, precision },
    result: [
      shapes.image[0]!,
      ...axes.map(({ resultVox }) => resultVox),
      shapes.kernel.at(-1)!,
    ],
  };
}

/**
 * In two dimensions, which compilers do faster than the same in three: kernels
 * of one section section by section, others over neighbouring ones side by side.
 */
function layoutOf(axes: readonly ConvAxis[]): ConvLayout {
  const [z, y, x] = axes;
  if (!z || !y || !x || z.stride > 1) return asTheyAre(axes);
  return z.taps === 1 ? asSections([z, y, x]) : asNeighbours([z, y, x]);
}
