import { real } from "../../op/_operations.ts";
import {
  compareWithTensorFlow,
  f32,
  normal,
  testAgainstTensorFlow,
} from "../_testing.ts";

const x = f32([14], [
  -100,
  -20,
  -3,
  -1,
  -0.1,
  -1e-5,
  -0,
  0,
  1e-5,
  0.1,
  1,
  3,
  20,
  100,
]);
const dy = normal([14]);

testAgainstTensorFlow(
  "activations and their gradients are TensorFlow's",
  (client) => {
    const tolerance = 1e-6;
    compareWithTensorFlow(client, [
      ...["Elu", "Relu", "Relu6", "Selu", "Softplus"]
        .map((type) => ({ type, inputs: [x], tolerance })),
      ...["EluGrad", "ReluGrad"]
        .map((type) => ({ type, inputs: [dy, x], tolerance })),
      {
        type: "LeakyRelu",
        attributes: [real("alpha", 0.01)],
        inputs: [x],
        tolerance,
      },
      {
        type: "LeakyReluGrad",
        attributes: [real("alpha", 0.01)],
        inputs: [dy, x],
        tolerance,
      },
      ...["Softmax", "LogSoftmax"].map((type) => ({
        type,
        inputs: [normal([3, 5])],
        tolerance,
      })),
      { type: "Softmax", inputs: [f32([1, 3], [1000, 0, 999])], tolerance },
    ]);
  },
);
