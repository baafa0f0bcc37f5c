import { flag } from "../../op/_operations.ts";
import {
  bool,
  compareWithTensorFlow,
  i32,
  list,
  normal,
  one,
  testAgainstTensorFlow,
} from "../_testing.ts";

const axes = [[0], [1], [2], [0, 2], [-1], [0, 1, 2], []];

testAgainstTensorFlow("reductions are TensorFlow's", (client) => {
  const x = normal([3, 4, 5]);
  compareWithTensorFlow(
    client,
    ["Max", "Mean", "Min", "Prod", "Sum"].flatMap((type) =>
      axes.flatMap((along) =>
        [false, true].map((keeps) => ({
          type,
          attributes: [flag("keep_dims", keeps)],
          inputs: [x, list(...along)],
          tolerance: 1e-6,
        }))
      )
    ),
  );
});

testAgainstTensorFlow(
  "reductions of whole numbers and truths are too",
  (client) => {
    const whole = i32([2, 3], [-5, 3, 1, 0, 2, -4]);
    const truths = bool([2, 3], [1, 0, 1, 1, 1, 1]);
    compareWithTensorFlow(client, [
      ...["Max", "Min", "Prod", "Sum"].map((type) => ({
        type,
        inputs: [whole, list(1)],
      })),
      ...["All", "Any"].map((type) => ({ type, inputs: [truths, list(1)] })),
      { type: "Sum", inputs: [whole, one(0)] },
    ]);
  },
);
