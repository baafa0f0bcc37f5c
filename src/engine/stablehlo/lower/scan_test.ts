import { flag } from "../../op/_operations.ts";
import { dataTypes, typeAttribute } from "../../vocabulary/types.ts";
import {
  compareWithTensorFlow,
  f32,
  i32,
  known,
  normal,
  one,
  testAgainstTensorFlow,
} from "../_testing.ts";

testAgainstTensorFlow(
  "sums and products on the way are TensorFlow's",
  (client) => {
    const both = [false, true];
    const extents = [1, 2, 3, 4, 5, 6, 7, 8, 13, 64, 100];
    compareWithTensorFlow(
      client,
      both.flatMap((exclusive) =>
        both.flatMap((reverse) => {
          const attributes = [
            flag("exclusive", exclusive),
            flag("reverse", reverse),
          ];
          return [
            ...extents.map((n) => ({
              type: "Cumsum",
              attributes,
              inputs: [normal([n]), one(0)],
              tolerance: 1e-6,
            })),
            ...[0, 1, -1].flatMap((axis) =>
              ["Cumsum", "Cumprod"].map((type) => ({
                type,
                attributes,
                inputs: [normal([3, 5, 2]), one(axis)],
                tolerance: 1e-6,
              }))
            ),
            {
              type: "Cumsum",
              attributes,
              inputs: [i32([4], [5, -2, 7, 1]), one(0)],
            },
          ];
        })
      ),
    );
  },
);

testAgainstTensorFlow(
  "numbers at equal distances are TensorFlow's",
  (client) => {
    const floats = (...values: number[]) =>
      values.map((value) => known(f32([], [value])));
    compareWithTensorFlow(client, [
      {
        type: "Range",
        attributes: [typeAttribute("Tidx", dataTypes.TF_INT32)],
        inputs: [one(3), one(12), one(2)],
      },
      { type: "Range", inputs: [one(4), one(-3), one(-3)] },
      { type: "Range", inputs: floats(0, 2.5, 0.5) },
      { type: "Range", inputs: floats(0.1, 7.3, 0.3), tolerance: 1e-6 },
      {
        type: "LinSpace",
        inputs: [...floats(-1, 3), one(7)],
        tolerance: 1e-6,
      },
    ]);
  },
);
