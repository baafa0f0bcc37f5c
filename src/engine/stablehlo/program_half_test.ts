import { flag, real, whole, word } from "../op/_operations.ts";
import { dataTypes, typeAttribute } from "../vocabulary/types.ts";
import {
  compareWithTensorFlow,
  half,
  list,
  normal,
  type OperationCase,
  testAgainstTensorFlow,
} from "./_testing.ts";

const T = typeAttribute("T", dataTypes.TF_BFLOAT16);
const conv = [
  T,
  whole("strides", [1, 1, 1, 1, 1]),
  whole("dilations", [1, 1, 1, 1, 1]),
  word("padding", "SAME"),
  word("data_format", "NDHWC"),
];
const pool = [
  T,
  whole("ksize", [1, 2, 2, 1]),
  whole("strides", [1, 2, 2, 1]),
  word("padding", "VALID"),
  word("data_format", "NHWC"),
];

testAgainstTensorFlow("operations with 16 bits are TensorFlow's", (client) => {
  const x = half(normal([1, 3, 4, 6, 2])),
    dy = half(normal([1, 3, 4, 6, 3], 2));
  const image = half(normal([2, 4, 6, 3])),
    small = half(normal([2, 2, 3, 3], 3));
  const kernels = [[1, 3, 3], [3, 3, 3]]
    .map((taps) => half(normal([...taps, 2, 3], 4)));
  const cases: OperationCase[] = [
    ...kernels.flatMap((kernel) => [
      { type: "Conv3D", attributes: conv, inputs: [x, kernel] },
      {
        type: "Conv3DBackpropInputV2",
        attributes: conv,
        inputs: [list(...x.shape), kernel, dy],
      },
      {
        type: "Conv3DBackpropFilterV2",
        attributes: conv,
        inputs: [x, list(...kernel.shape), dy],
      },
    ]),
    {
      type: "MatMul",
      attributes: [T, flag("transpose_a", true), flag("transpose_b", false)],
      inputs: [half(normal([9, 4])), half(normal([9, 3], 2))],
    },
    { type: "MaxPool", attributes: pool, inputs: [image] },
    { type: "MaxPoolGrad", attributes: pool, inputs: [image, small, small] },
    { type: "AvgPool", attributes: pool, inputs: [image] },
    ...["Relu", "Elu", "Neg", "Square", "Tanh", "Sigmoid"]
      .map((type) => ({ type, attributes: [T], inputs: [image] })),
    ...["Add", "Mul", "Maximum", "ReluGrad", "EluGrad"]
      .map((type) => ({ type, attributes: [T], inputs: [image, image] })),
    {
      type: "LeakyRelu",
      attributes: [T, real("alpha", 0.01)],
      inputs: [image],
    },
    { type: "Sum", attributes: [T], inputs: [image, list(0, 1, 2)] },
    { type: "Max", attributes: [T], inputs: [image, list(0, 1, 2)] },
  ];
  compareWithTensorFlow(
    client,
    cases.map((one) => ({ ...one, tolerance: 1e-2 })),
  );
});
