import { reshape } from "../emit/shape.ts";
import type { Operation } from "../operation.ts";
import type { HloValue } from "../value.ts";
import {
  type ConvForm,
  correlate,
  imageGradient,
  kernelGradient,
} from "./_conv_forms.ts";
import { convAxes, type ConvShapes } from "./_conv_geometry.ts";
import {
  asNeighbours,
  asSections,
  asVolumes,
  type ConvLayout,
} from "./_conv_layout.ts";
import type { Lowerings } from "./_lowering.ts";

/** Convolutions in three dimensions, and their gradients. */
export const convolutionLowerings: Lowerings = {
  Conv3D(operation) {
    const [x, kernel] = operation.inputs as [HloValue, HloValue];
    const shapes = { image: x.shape, kernel: kernel.shape };
    const { layout, form, result } = planned(operation, shapes);
    return reshape(
      correlate([layout.image(x), layout.kernel(kernel)], form),
      result,
    );
  },

  Conv3DBackpropInputV2(operation) {
    const [, kernel, dy] = operation.inputs as [HloValue, HloValue, HloValue];
    const shapes = { image: operation.numbers(0), kernel: kernel.shape };
    const { layout, form } = planned(operation, shapes);
    return reshape(
      imageGradient([layout.spread(dy), layout.back(kernel)], form),
      shapes.image,
    );
  },

  Conv3DBackpropFilterV2(operation) {
    const [x, , dy] = operation.inputs as [HloValue, HloValue, HloValue];
    const shapes = { image: x.shape, kernel: operation.numbers(1) };
    const { layout, form } = planned(operation, shapes);
    return layout.whole(
      kernelGradient([layout.image(x), layout.result(dy)], form),
    );
  },
};

/**
 * How a convolution is done. Kernels of one section are applied section by
 * section, which compilers do faster than the same in three dimensions.
 */
function planned(
  operation: Operation,
  shapes: ConvShapes,
): {
  readonly layout: ConvLayout;
  readonly form: ConvForm;
  readonly result: readonly number[];
} {
  const grid = convAxes(operation, shapes), [z] = grid;
  const { depth, precision } = operation.options;
  const layout = z.stride > 1
    ? asVolumes(grid)
    : z.taps === 1
    ? asSections(grid)
    : depth === "sections"
    ? asNeighbours(grid)
    : asVolumes(grid);
  return {
    layout,
    form: { axes: layout.axes, precision },
    result: [
      shapes.image[0]!,
      ...grid.map(({ resultVox }) => resultVox),
      shapes.kernel[4]!,
    ],
  };
}
