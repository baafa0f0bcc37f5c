import fc from "fast-check";
import { whole, word } from "../../op/_operations.ts";
import {
  compareWithTensorFlow,
  list,
  normal,
  type OperationCase,
  testAgainstTensorFlow,
} from "../_testing.ts";

interface Geometry {
  readonly image: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padding: "SAME" | "VALID";
}

/** A convolution and its two gradients. */
function threeOf(
  { image, kernel, strides, dilations, padding }: Geometry,
): OperationCase[] {
  const result = [
    image[0]!,
    ...[1, 2, 3].map((axis) => {
      const reach = (kernel[axis - 1]! - 1) * dilations[axis - 1]!;
      const places = image[axis]! - (padding === "SAME" ? 0 : reach);
      return Math.ceil(places / strides[axis - 1]!);
    }),
    kernel[4]!,
  ];
  const attributes = [
    whole("strides", [1, ...strides, 1]),
    whole("dilations", [1, ...dilations, 1]),
    word("padding", padding),
    word("data_format", "NDHWC"),
  ];
  const x = normal(image), taps = normal(kernel, 2), dy = normal(result, 3);
  const common = { attributes, tolerance: 2e-6 };
  return [
    { ...common, type: "Conv3D", inputs: [x, taps] },
    {
      ...common,
      type: "Conv3DBackpropInputV2",
      inputs: [list(...image), taps, dy],
    },
    {
      ...common,
      type: "Conv3DBackpropFilterV2",
      inputs: [x, list(...kernel), dy],
    },
  ];
}

const ones = [1, 1, 1];
/** Those that networks have: extents of the kernel, strides, dilations. */
const inUse: readonly (readonly number[][])[] = [
  [[3, 3, 3], ones, ones],
  [[1, 3, 3], ones, ones],
  [[1, 5, 5], ones, ones],
  [[1, 3, 3], ones, [1, 4, 4]],
  [[3, 3, 3], ones, [2, 2, 2]],
  [[3, 3, 3], ones, [16, 16, 16]],
  [[1, 3, 3], [1, 2, 2], ones],
  [[1, 7, 7], [1, 2, 2], ones],
  [[1, 1, 1], [1, 2, 2], ones],
  [[1, 2, 2], [1, 2, 2], ones],
  [[2, 2, 2], [2, 2, 2], ones],
  [[3, 3, 3], [2, 2, 2], ones],
  [[3, 1, 1], ones, ones],
];

testAgainstTensorFlow(
  "convolutions in use are TensorFlow's",
  (client) => {
    compareWithTensorFlow(
      client,
      inUse.flatMap(([taps, strides, dilations]) =>
        threeOf({
          image: [2, 4, 8, 6, 3],
          kernel: [...taps!, 3, 2],
          strides: strides!,
          dilations: dilations!,
          padding: "SAME",
        })
      ),
    );
  },
);

testAgainstTensorFlow(
  "any convolution is TensorFlow's",
  (client) => {
    const three = (from: number, to: number) =>
      fc.array(fc.integer({ min: from, max: to }), {
        minLength: 3,
        maxLength: 3,
      });
    const geometry = fc.record({
      samples: fc.integer({ min: 1, max: 2 }),
      extents: three(3, 7),
      taps: three(1, 3),
      moves: fc.oneof(
        three(1, 3).map((strides) => ({ strides, dilations: ones })),
        three(1, 3).map((dilations) => ({ strides: ones, dilations })),
      ),
      channels: fc.tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
      ),
      padding: fc.constantFrom<"SAME" | "VALID">("SAME", "VALID"),
    }).map(({ samples, extents, taps, moves, channels, padding }) => ({
      image: [samples, ...extents, channels[0]],
      kernel: [...taps, ...channels],
      padding,
      ...moves,
    })).filter(({ image, kernel, dilations, padding }) =>
      padding === "SAME" ||
      kernel.slice(0, 3).every((taps, i) =>
        (taps - 1) * dilations[i]! < image[i + 1]!
      )
    );
    fc.assert(
      fc.property(
        fc.array(geometry, { minLength: 4, maxLength: 4 }),
        (all) => compareWithTensorFlow(client, all.flatMap(threeOf)),
      ),
      { numRuns: 6, seed: 1 },
    );
  },
);

testAgainstTensorFlow(
  "convolutions in two dimensions are TensorFlow's",
  (client) => {
    const x = normal([2, 7, 6, 3]), kernel = normal([3, 3, 3, 2], 2);
    compareWithTensorFlow(
      client,
      [
        { strides: [1, 1], dilations: [1, 1], to: [7, 6], padding: "SAME" },
        { strides: [2, 2], dilations: [1, 1], to: [4, 3], padding: "SAME" },
        { strides: [1, 1], dilations: [1, 1], to: [5, 4], padding: "VALID" },
      ].flatMap(({ strides, dilations, to, padding }) => {
        const dy = normal([2, ...to, 2], 3);
        const common = {
          attributes: [
            whole("strides", [1, ...strides, 1]),
            whole("dilations", [1, ...dilations, 1]),
            word("padding", padding),
            word("data_format", "NHWC"),
          ],
          tolerance: 2e-6,
        };
        return [
          { ...common, type: "Conv2D", inputs: [x, kernel] },
          {
            ...common,
            type: "Conv2DBackpropInput",
            inputs: [list(...x.shape), kernel, dy],
          },
          {
            ...common,
            type: "Conv2DBackpropFilter",
            inputs: [x, list(...kernel.shape), dy],
          },
        ];
      }),
    );
  },
);
