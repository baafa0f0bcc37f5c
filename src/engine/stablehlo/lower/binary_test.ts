import fc from "fast-check";
import { dataTypes, typeAttribute } from "../../vocabulary/types.ts";
import {
  bool,
  compareWithTensorFlow,
  f32,
  i32,
  integer,
  list,
  normal,
  testAgainstTensorFlow,
} from "../_testing.ts";

const a = f32([12], [-3, -2.5, -1, -0.5, -0, 0, 0.5, 1, 2, 2.5, 3, 7]);
const b = f32([12], [2, -2.5, 3, 0.25, 1, -1, 0.5, -1, 2, 7, -0.7, 2.5]);
const whole = i32([8], [-7, -6, -1, 0, 1, 6, 7, 100]);
const divisor = i32([8], [3, -3, 2, 5, -4, 3, -3, 7]);
const comparisons = [
  ...["Equal", "Greater", "GreaterEqual", "Less", "LessEqual", "NotEqual"],
];

testAgainstTensorFlow(
  "operations on pairs of numbers are TensorFlow's",
  (client) => {
    const types = [
      ...["Add", "AddV2", "Atan2", "Div", "FloorDiv", "FloorMod", "Maximum"],
      ...["Minimum", "Mod", "Mul", "RealDiv", "SquaredDifference", "Sub"],
      ...comparisons,
    ];
    compareWithTensorFlow(client, [
      ...types.map((type) => ({ type, inputs: [a, b], tolerance: 1e-6 })),
      {
        type: "Pow",
        inputs: [
          f32([6], [0, 0.5, 2, 3, -2, 1.5]),
          f32([6], [2, -1, 0.5, 3, 3, 0]),
        ],
        tolerance: 1e-6,
      },
      {
        type: "DivNoNan",
        inputs: [a, f32([12], Array(12).fill(0).fill(2, 6))],
      },
      {
        type: "AddN",
        attributes: [
          typeAttribute("T", dataTypes.TF_FLOAT),
          integer("N", 3),
        ],
        inputs: [a, b, a],
        tolerance: 1e-6,
      },
    ]);
  },
);

testAgainstTensorFlow(
  "operations on whole numbers and truths are too",
  (client) => {
    const types = [
      ...["Add", "AddV2", "FloorDiv", "FloorMod", "Maximum", "Minimum", "Mul"],
      ...["Sub", "TruncateDiv", "TruncateMod", "SquaredDifference"],
      ...comparisons,
    ];
    const yes = bool([4], [0, 0, 1, 1]), no = bool([4], [0, 1, 0, 1]);
    compareWithTensorFlow(client, [
      ...types.map((type) => ({ type, inputs: [whole, divisor] })),
      ...["LogicalAnd", "LogicalOr", "Equal", "NotEqual"]
        .map((type) => ({ type, inputs: [yes, no] })),
    ]);
  },
);

testAgainstTensorFlow(
  "extents of 1 and missing axes are repeated",
  (client) => {
    const shapes = [
      [[2, 3, 4], [4]],
      [[2, 3, 4], []],
      [[1, 3, 1], [2, 1, 4]],
      [[1], [5]],
      [[1, 1], [1]],
      [[3, 1], [1]],
      [[0, 3], [1, 3]],
      [[], []],
    ];
    compareWithTensorFlow(
      client,
      shapes.flatMap(([left, right]) =>
        ["Add", "Greater"].map((type) => ({
          type,
          inputs: [normal(left!), normal(right!, 2)],
        }))
      ),
    );
  },
);

testAgainstTensorFlow("Select and SelectV2 take one or the other", (client) => {
  const x = normal([3, 4]), y = normal([3, 4], 2);
  const some = bool([3, 4], [1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1]);
  compareWithTensorFlow(client, [
    { type: "Select", inputs: [some, x, y] },
    { type: "Select", inputs: [bool([3], [1, 0, 1]), x, y] },
    { type: "Select", inputs: [bool([], [1]), x, y] },
    { type: "SelectV2", inputs: [bool([3, 1], [1, 0, 1]), x, normal([4])] },
    { type: "SelectV2", inputs: [some, list(3), i32([4], [1, 2, 3, 4])] },
  ]);
});

testAgainstTensorFlow(
  "any two shapes that fit are combined as TensorFlow does",
  (client) => {
    /** An extent, and which of the two repeats it; from the last axis on. */
    const axis = fc.record({
      extent: fc.integer({ min: 0, max: 4 }),
      ones: fc.constantFrom("neither", "left", "right", "both"),
    });
    const pair = fc.record({
      axes: fc.array(axis, { maxLength: 4 }),
      missing: fc.integer({ min: -3, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 10, maxLength: 10 }), (all) => {
        const cases = all.map(({ axes, missing }) => {
          const shapeOf = (side: "left" | "right") =>
            axes.map(({ extent, ones }) =>
              ones === side || ones === "both" ? 1 : extent
            );
          const left = shapeOf("left").slice(Math.max(0, missing));
          const right = shapeOf("right").slice(Math.max(0, -missing));
          return { type: "Sub", inputs: [normal(left), normal(right, 2)] };
        });
        compareWithTensorFlow(client, cases);
      }),
      { numRuns: 4, seed: 1 },
    );
  },
);
