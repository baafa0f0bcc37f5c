import { assertSameNumbers } from "@test/helpers.ts";
import { floats, typeOfWhole } from "../../op/_operations.ts";
import { philoxUniform } from "../../op/_philox.ts";
import {
  compareWithTensorFlow,
  i32,
  list,
  runOnPlugin,
  testAgainstTensorFlow,
} from "../_testing.ts";

const seeds = [[0, 0], [1, -1], [2 ** 31 - 1, 12345], [
  -7,
  -(2 ** 31),
]] as const;
const shapes = [[1], [2], [3], [4], [5], [2, 1, 1, 1, 9], [1000]];
const cases = [
  ...shapes.map((shape, i) => ({ shape, seed: seeds[i % seeds.length]! })),
  ...seeds.map((seed) => ({ shape: [1, 7], seed })),
].map(({ shape, seed }) => ({
  type: "StatelessRandomUniform",
  attributes: [floats("dtype"), typeOfWhole("T"), typeOfWhole("Tseed")],
  inputs: [list(...shape), i32([2], seed)],
}));

testAgainstTensorFlow(
  "random numbers are TensorFlow's, to the bit",
  (client) => {
    compareWithTensorFlow(client, cases);
  },
);

testAgainstTensorFlow("random numbers are those of every engine", (client) => {
  const found = runOnPlugin(client, cases);
  cases.forEach(({ inputs: [, seed] }, i) => {
    const { values } = found[i]![0]!;
    const [a, b] = seed!.values;
    assertSameNumbers(values, philoxUniform(values.length, [a!, b!]));
  });
});
