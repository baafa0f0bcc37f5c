import { flag } from "../../op/_operations.ts";
import { dataTypes, typeAttribute } from "../../vocabulary/types.ts";
import {
  bool,
  compareWithTensorFlow,
  f32,
  i32,
  testAgainstTensorFlow,
  u8,
} from "../_testing.ts";

/** Numbers of every size that matters, with their signs. */
const sizes = [0, 1e-30, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.999, 1, 1.5, 2.5, 3];
const far = [3.8, 3.9, 5, 10, 30, 80, 88.9];
const both = (
  values: readonly number[],
) => [...values, ...values.map((v) => -v)];
const anywhere = f32([2, 20], both([...sizes, ...far]));
const within = f32([20], both(sizes.slice(0, 10)));
const positive = f32([19], [...sizes.slice(1), ...far]);
const aboveOne = f32([6], [1, 1.0001, 1.5, 7, 1e4, 3e20]);

const domains = {
  anywhere: [
    ...["Abs", "Asinh", "Atan", "Ceil", "Cos", "Erf", "Exp", "Expm1", "Floor"],
    ...["IsFinite", "IsInf", "IsNan", "Neg", "OnesLike", "Rint", "Round"],
    ...["Sigmoid", "Sign", "Sin", "Square", "Tan", "Tanh", "ZerosLike"],
    ...["Cosh", "Sinh"],
  ],
  within: ["Acos", "Asin", "Atanh", "Log1p"],
  positive: ["Log", "Reciprocal", "Rsqrt", "Sqrt"],
  aboveOne: ["Acosh"],
};
const numbers = { anywhere, within, positive, aboveOne };

testAgainstTensorFlow(
  "operations on each number are TensorFlow's",
  (client) => {
    const cases = Object.entries(domains).flatMap(([domain, types]) =>
      types.map((type) => ({
        type,
        inputs: [numbers[domain as keyof typeof numbers]],
        tolerance: 1e-6,
      }))
    );
    compareWithTensorFlow(client, cases);
  },
);

testAgainstTensorFlow(
  "operations on whole numbers and truths are too",
  (client) => {
    const whole = i32([5], [-7, -1, 0, 3, 2 ** 30]);
    compareWithTensorFlow(client, [
      ...["Abs", "Neg", "Sign", "ZerosLike", "OnesLike"]
        .map((type) => ({ type, inputs: [whole] })),
      { type: "Square", inputs: [i32([4], [-9, 0, 3, 4000])] },
      { type: "LogicalNot", inputs: [bool([2], [0, 1])] },
    ]);
  },
);

testAgainstTensorFlow(
  "what is no number, or no end, is told apart",
  (client) => {
    const odd = f32([5], [NaN, Infinity, -Infinity, 0, 1]);
    compareWithTensorFlow(
      client,
      [
        "IsNan",
        "IsInf",
        "IsFinite",
        "Relu",
        "Abs",
        "Tanh",
        "Sigmoid",
        "Exp",
        "Erf",
      ]
        .map((type) => ({ type, inputs: [odd], tolerance: 1e-6 })),
    );
  },
);

testAgainstTensorFlow("Cast changes the type", (client) => {
  const { TF_FLOAT, TF_INT32, TF_BOOL, TF_BFLOAT16, TF_UINT8 } = dataTypes;
  const given = [
    f32([6], [-2.7, -0.5, 0, 0.5, 2.7, 1.00390625]),
    i32([4], [-3, 0, 1, 250]),
    bool([2], [0, 1]),
    u8([3], [0, 7, 255]),
  ];
  compareWithTensorFlow(
    client,
    given.flatMap((input) =>
      [TF_FLOAT, TF_INT32, TF_BOOL, TF_BFLOAT16]
        .map((to) => ({
          type: "Cast",
          inputs: [input],
          attributes: [
            typeAttribute("SrcT", input.dtype),
            typeAttribute("DstT", to),
            flag("Truncate", false),
          ],
        }))
    ),
  );
  compareWithTensorFlow(client, [{
    type: "Cast",
    inputs: [f32([3], [0, 7.9, 255])],
    attributes: [
      typeAttribute("SrcT", TF_FLOAT),
      typeAttribute("DstT", TF_UINT8),
    ],
  }]);
});
