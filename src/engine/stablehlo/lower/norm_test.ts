import { dataTypes, typeAttribute } from "../../vocabulary/types.ts";
import { Program } from "../program.ts";
import { flag, floats, real, word } from "../../op/_operations.ts";
import {
  assertClose,
  compareWithTensorFlow,
  f32,
  type Given,
  half,
  normal,
  runOnTensorFlow,
  runProgram,
  testAgainstTensorFlow,
} from "../_testing.ts";

const shape = [2, 5, 6, 3];
const attributes = (
  isTraining: boolean,
  dtype: number = dataTypes.TF_FLOAT,
) => [
  typeAttribute("T", dtype),
  floats("U"),
  real("epsilon", 1e-5),
  word("data_format", "NHWC"),
  flag("is_training", isTraining),
];
const none = f32([0], []);
const gamma = f32([3], [1, 0.5, -2]), beta = f32([3], [0, 1, -1]);

/** An image whose channels have this mean and about this deviation. */
function image(mean: number, deviation: number): Given {
  const { values } = normal(shape);
  return f32(shape, [...values].map((v) => mean + deviation * v));
}

testAgainstTensorFlow("batch normalisation is TensorFlow's", (client) => {
  const cases = [[0, 1], [3, 0.5], [-20, 2], [1, 1e-4]] as const;
  compareWithTensorFlow(client, [
    ...cases.map(([mean, deviation]) => ({
      type: "FusedBatchNormV3",
      attributes: attributes(true),
      inputs: [image(mean, deviation), gamma, beta, none, none],
      outputs: 6,
      compares: [0, 1, 2],
      tolerance: 1e-5,
    })),
    {
      type: "FusedBatchNormV3",
      attributes: attributes(false),
      inputs: [
        image(1, 2),
        gamma,
        beta,
        f32([3], [1, 0, -1]),
        f32([3], [1, 4, 0.1]),
      ],
      outputs: 6,
      compares: [0, 1, 2],
      tolerance: 2e-6,
    },
  ]);
});

testAgainstTensorFlow(
  "a mean far from 0 takes no digits of the variance",
  (client) => {
    compareWithTensorFlow(client, [{
      type: "FusedBatchNormV3",
      attributes: attributes(true),
      inputs: [image(1000, 0.1), gamma, beta, none, none],
      outputs: 6,
      compares: [0, 1, 2],
      tolerance: 1e-3,
    }]);
  },
);

for (
  const [name, as, tolerance] of [
    ["32 bits", (given: Given) => given, 1e-5],
    ["16 bits", half, 1e-2],
  ] as const
) {
  testAgainstTensorFlow(
    `the gradient of batch normalisation with ${name} is TensorFlow's`,
    (client) => {
      const x = as(image(0.5, 2)), dy = as(normal(shape, 5));
      const stated = attributes(true, x.dtype);
      const inputs = [x, gamma, beta, none, none];
      const [y, , , ...reserves] = runOnTensorFlow({
        type: "FusedBatchNormV3",
        attributes: stated,
        inputs,
        outputs: 6,
      });
      const expected = runOnTensorFlow({
        type: "FusedBatchNormGradV3",
        attributes: stated,
        inputs: [dy, x, gamma, ...reserves],
        outputs: 5,
      }).slice(0, 3);

      const program = new Program({ precision: "fp32" });
      const given = [...inputs, dy];
      const [image_, g, b, m, v, gradient] = given.map((one) =>
        program.placeholder(one)
      );
      const forward = program.add("FusedBatchNormV3", stated, [
        image_!,
        g!,
        b!,
        m!,
        v!,
      ], 6);
      const backward = program.add(
        "FusedBatchNormGradV3",
        stated,
        [gradient!, image_!, g!, ...forward.slice(3)],
        3,
      );
      const results = [forward[0]!, ...backward];
      const found = runProgram(client, program, { given, results });
      [y!, ...expected].forEach((one, i) =>
        assertClose([found[i]!, one], { tolerance, what: `result ${i}` })
      );
    },
  );
}
