import {
  compareWithTensorFlow,
  f32,
  testAgainstTensorFlow,
} from "../_testing.ts";

const numbers = f32([2, 7], [
  -3,
  -1.5,
  -0.5,
  -1e-4,
  -0,
  0,
  1e-4,
  0.3,
  0.5,
  1,
  1.5,
  2.5,
  3,
  7,
]);

testAgainstTensorFlow("unary operations are TensorFlow's", (client) => {
  compareWithTensorFlow(client, [
    ...[
      "Abs",
      "Ceil",
      "Cos",
      "Exp",
      "Floor",
      "Neg",
      "Relu",
      "Relu6",
      "Sign",
      "Sigmoid",
      "Softplus",
      "Square",
      "Tanh",
    ].map((type) => ({
      type,
      inputs: [numbers],
      tolerance: 1e-6,
    })),
  ]);
});
