import fc from "fast-check";
import { whole, word } from "../../op/_operations.ts";
import { dataTypes, typeAttribute } from "../../vocabulary/types.ts";
import {
  bool,
  compareWithTensorFlow,
  f32,
  i32,
  integer,
  known,
  list,
  normal,
  one,
  type OperationCase,
  testAgainstTensorFlow,
} from "../_testing.ts";

const x = normal([2, 3, 4]);
const lists = [integer("N", 2), typeAttribute("T", dataTypes.TF_FLOAT)];

testAgainstTensorFlow(
  "operations that move numbers are TensorFlow's",
  (client) => {
    const cases: OperationCase[] = [
      { type: "Identity", inputs: [x] },
      { type: "BroadcastTo", inputs: [normal([3, 1]), list(2, 3, 4)] },
      {
        type: "ConcatV2",
        inputs: [x, normal([2, 1, 4]), one(1)],
        attributes: lists,
      },
      {
        type: "ConcatV2",
        inputs: [x, normal([2, 3, 2]), one(-1)],
        attributes: lists,
      },
      { type: "ExpandDims", inputs: [x, one(0)] },
      { type: "ExpandDims", inputs: [x, one(-1)] },
      { type: "ExpandDims", inputs: [x, one(-2)] },
      { type: "Fill", inputs: [list(2, 3), f32([], [1.5])] },
      { type: "Fill", inputs: [list(), i32([], [3])] },
      {
        type: "Pack",
        inputs: [x, x],
        attributes: [...lists, integer("axis", 0)],
      },
      {
        type: "Pack",
        inputs: [x, x],
        attributes: [...lists, integer("axis", -1)],
      },
      { type: "Pad", inputs: [x, known(i32([3, 2], [1, 0, 0, 2, 3, 1]))] },
      {
        type: "PadV2",
        inputs: [
          x,
          known(i32([3, 2], [0, 0, 1, 1, 0, 2])),
          f32([], [-Infinity]),
        ],
      },
      { type: "Reshape", inputs: [x, list(4, -1)] },
      { type: "Reshape", inputs: [x, list(6, 4)] },
      { type: "Reshape", inputs: [normal([1]), list()] },
      { type: "Slice", inputs: [x, list(0, 1, 2), list(2, 2, 2)] },
      { type: "Slice", inputs: [x, list(1, 0, 1), list(-1, -1, 2)] },
      {
        type: "SplitV",
        inputs: [x, list(1, 3), one(2)],
        attributes: [integer("num_split", 2)],
        outputs: 2,
      },
      {
        type: "SplitV",
        inputs: [x, list(1, 1, 1), one(-2)],
        attributes: [integer("num_split", 3)],
        outputs: 3,
      },
      { type: "Squeeze", inputs: [normal([1, 3, 1, 2])] },
      {
        type: "Squeeze",
        inputs: [normal([1, 3, 1, 2])],
        attributes: [whole("squeeze_dims", [-2])],
      },
      { type: "Transpose", inputs: [x, list(2, 0, 1)] },
      {
        type: "Unpack",
        inputs: [x],
        attributes: [integer("axis", 1), integer("num", 3)],
        outputs: 3,
      },
      {
        type: "Unpack",
        inputs: [x],
        attributes: [integer("axis", -1), integer("num", 4)],
        outputs: 4,
      },
    ];
    compareWithTensorFlow(client, cases);
  },
);

testAgainstTensorFlow(
  "operations that repeat numbers are TensorFlow's",
  (client) => {
    const pads = known(i32([3, 2], [1, 0, 2, 1, 0, 3]));
    compareWithTensorFlow(client, [
      { type: "Tile", inputs: [x, list(1, 2, 3)] },
      { type: "Tile", inputs: [x, list(1, 1, 1)] },
      { type: "ReverseV2", inputs: [x, list(0, -1)] },
      { type: "ReverseV2", inputs: [bool([2, 1], [1, 0]), list(1)] },
      ...["REFLECT", "SYMMETRIC"].map((mode) => ({
        type: "MirrorPad",
        inputs: [x, pads],
        attributes: [word("mode", mode)],
      })),
    ]);
  },
);

testAgainstTensorFlow(
  "StridedSlice reads what Python's slices do",
  (client) => {
    const cut = (
      begin: number[],
      end: number[],
      strides: number[],
      masks: Record<string, number> = {},
    ) => ({
      type: "StridedSlice",
      inputs: [x, list(...begin), list(...end), list(...strides)],
      attributes: [
        typeAttribute("T", dataTypes.TF_FLOAT),
        typeAttribute("Index", dataTypes.TF_INT32),
        ...Object.entries(masks).map(([name, value]) => integer(name, value)),
      ],
    });
    compareWithTensorFlow(client, [
      cut([0, 1, 0], [2, 3, 4], [1, 1, 2]),
      cut([1, -1, 3], [0, 0, 0], [-1, -1, -2]),
      cut([1, 0, 3], [-9, 3, -9], [-1, 1, -1]),
      cut([0], [1], [1], { shrink_axis_mask: 1 }),
      cut([0, 1], [1, 2], [1, 1], { begin_mask: 1, end_mask: 2 }),
      cut([0, 1], [0, 3], [1, 2], { ellipsis_mask: 1 }),
      cut([0, 0, 1], [1, 0, 3], [1, 1, 1], {
        new_axis_mask: 1,
        ellipsis_mask: 2,
      }),
      cut([0, 0, -1], [0, 0, 0], [1, 1, 1], {
        new_axis_mask: 2,
        shrink_axis_mask: 4,
        end_mask: 1,
      }),
      cut([0, 5, 0], [2, 9, 4], [1, 1, 1]),
    ]);
  },
);

testAgainstTensorFlow("any part, margin or order is TensorFlow's", (client) => {
  /** An extent, a part of it with a step, a margin, and a place in the order. */
  const axis = fc.record({
    extent: fc.integer({ min: 1, max: 5 }),
    from: fc.integer({ min: -6, max: 6 }),
    to: fc.integer({ min: -6, max: 6 }),
    step: fc.constantFrom(1, 2, 3, -1, -2),
    before: fc.integer({ min: 0, max: 2 }),
    after: fc.integer({ min: 0, max: 2 }),
    place: fc.integer(),
  });
  fc.assert(
    fc.property(
      fc.array(fc.array(axis, { minLength: 1, maxLength: 4 }), {
        minLength: 8,
        maxLength: 8,
      }),
      (all) => {
        const cases = all.flatMap((axes): OperationCase[] => {
          const given = normal(axes.map(({ extent }) => extent));
          const start = axes.map(({ extent, from }) => Math.abs(from) % extent);
          const sides = axes.flatMap(({ before, after }) => [before, after]);
          const pads = known(i32([axes.length, 2], sides));
          const order = axes.map((_, i) => i)
            .sort((a, b) => axes[a]!.place - axes[b]!.place || a - b);
          return [
            {
              type: "Slice",
              inputs: [given, list(...start), list(...start.map(() => -1))],
            },
            {
              type: "StridedSlice",
              inputs: [
                given,
                list(...axes.map(({ from }) => from)),
                list(...axes.map(({ to }) => to)),
                list(...axes.map(({ step }) => step)),
              ],
            },
            { type: "PadV2", inputs: [given, pads, f32([], [7])] },
            {
              type: "MirrorPad",
              inputs: [
                given,
                known(
                  i32(
                    [axes.length, 2],
                    sides.map((n, i) => Math.min(n, given.shape[i >> 1]!)),
                  ),
                ),
              ],
              attributes: [word("mode", "SYMMETRIC")],
            },
            { type: "Transpose", inputs: [given, list(...order)] },
            {
              type: "Tile",
              inputs: [given, list(...axes.map(({ before }) => before + 1))],
            },
            { type: "ReverseV2", inputs: [given, list(order[0]!)] },
          ];
        });
        compareWithTensorFlow(client, cases);
      },
    ),
    { numRuns: 4, seed: 1 },
  );
});
