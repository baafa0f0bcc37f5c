import { flag } from "../../op/_operations.ts";
import { dataTypes, typeAttribute } from "../../vocabulary/types.ts";
import {
  compareWithTensorFlow,
  f32,
  i32,
  integer,
  known,
  list,
  normal,
  one,
  testAgainstTensorFlow,
} from "../_testing.ts";

const { TF_FLOAT, TF_INT32 } = dataTypes;
const x = normal([3, 4, 5]);

testAgainstTensorFlow(
  "operations that look up places are TensorFlow's",
  (client) => {
    compareWithTensorFlow(client, [
      { type: "GatherNd", inputs: [x, i32([2, 3], [0, 1, 2, 2, 3, 4])] },
      {
        type: "GatherNd",
        inputs: [x, i32([2, 2, 2], [0, 1, 2, 3, 1, 1, 0, 0])],
      },
      { type: "GatherNd", inputs: [x, i32([4, 1], [2, 0, 0, 1])] },
      { type: "GatherNd", inputs: [normal([6]), i32([3, 1], [5, 0, 2])] },
      { type: "GatherV2", inputs: [x, i32([2], [3, 1]), one(1)] },
      {
        type: "GatherV2",
        inputs: [x, i32([2, 3], [0, 1, 2, 2, 1, 0]), one(0)],
      },
      { type: "GatherV2", inputs: [x, i32([], [4]), one(-1)] },
      {
        type: "ScatterNd",
        inputs: [i32([4, 1], [4, 0, 7, 0]), normal([4]), list(9)],
      },
      {
        type: "ScatterNd",
        inputs: [i32([2, 2], [0, 1, 2, 1]), normal([2, 3]), list(3, 2, 3)],
      },
      {
        type: "TensorScatterUpdate",
        inputs: [x, i32([2, 1], [2, 0]), normal([2, 4, 5], 7)],
      },
      {
        type: "UnsortedSegmentSum",
        inputs: [normal([5, 2]), i32([5], [0, 2, 2, 1, 0]), one(4)],
        tolerance: 1e-6,
      },
    ]);
  },
);

testAgainstTensorFlow("OneHot is TensorFlow's", (client) => {
  compareWithTensorFlow(
    client,
    [-1, 0, 1].map((axis) => ({
      type: "OneHot",
      inputs: [
        i32([2, 3], [0, 1, 5, -1, 3, 2]),
        one(4),
        known(f32([], [2])),
        known(f32([], [-1])),
      ],
      attributes: [
        integer("axis", axis),
        typeAttribute("T", TF_FLOAT),
        typeAttribute("TI", TF_INT32),
      ],
    })),
  );
});

testAgainstTensorFlow(
  "what is largest is TensorFlow's, ties in order",
  (client) => {
    const ties = f32([2, 6], [1, 3, 3, -2, 3, 0, -0, 0, -1, 5, 5, 2]);
    const attributes = [
      typeAttribute("Tidx", TF_INT32),
      typeAttribute("output_type", TF_INT32),
    ];
    compareWithTensorFlow(client, [
      ...[0, 1, -1].flatMap((axis) =>
        ["ArgMax", "ArgMin"].map((type) => ({
          type,
          attributes,
          inputs: [ties, one(axis)],
        }))
      ),
      { type: "ArgMax", attributes, inputs: [i32([3], [-5, 7, 7]), one(0)] },
      ...[1, 3, 6].map((k) => ({
        type: "TopKV2",
        attributes: [flag("sorted", true)],
        inputs: [ties, one(k)],
        outputs: 2,
      })),
      {
        type: "TopKV2",
        attributes: [flag("sorted", true)],
        inputs: [normal([1000]), one(1000)],
        outputs: 2,
      },
    ]);
  },
);
