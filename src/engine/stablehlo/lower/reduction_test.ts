import fc from "fast-check";
import { assertEquals } from "@test/helpers.ts";
import { flag } from "../../op/_operations.ts";
import { Program } from "../program.ts";
import {
  bool,
  compareWithTensorFlow,
  exact,
  i32,
  list,
  normal,
  one,
  runProgram,
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

testAgainstTensorFlow("any reduction is TensorFlow's", (client) => {
  const axis = fc.record({
    extent: fc.integer({ min: 1, max: 6 }),
    goes: fc.boolean(),
    fromEnd: fc.boolean(),
  });
  const one = fc.record({
    type: fc.constantFrom("Max", "Mean", "Min", "Prod", "Sum"),
    axes: fc.array(axis, { maxLength: 5 }),
    keeps: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 10, maxLength: 10 }), (all) => {
      const cases = all.map(({ type, axes, keeps }) => {
        const along = axes.flatMap(({ goes, fromEnd }, i) =>
          goes ? [fromEnd ? i - axes.length : i] : []
        );
        return {
          type,
          attributes: [flag("keep_dims", keeps)],
          inputs: [normal(axes.map(({ extent }) => extent)), list(...along)],
          tolerance: 2e-6,
        };
      });
      compareWithTensorFlow(client, cases);
    }),
    { numRuns: 4, seed: 1 },
  );
});

testAgainstTensorFlow(
  "the largest number is equal to one that is computed again",
  (client) => {
    const program = new Program(exact);
    const given = [16, 32, 48, 64].map((width) => normal([50, width]));
    const axes = program.constant(list(1), Int32Array.of(1));
    const results = given.flatMap((one) => {
      const raw = program.placeholder(one);
      const [share] = program.add("Sigmoid", [], [raw], 1);
      const [x] = program.add("Mul", [], [raw, share!], 1);
      const [largest] = program.add(
        "Max",
        [flag("keep_dims", true)],
        [x!, axes],
        1,
      );
      const [isLargest] = program.add("Equal", [], [x!, largest!], 1);
      const [square] = program.add("Mul", [], [x!, x!], 1); // uses it again
      return [isLargest!, square!];
    });
    const found = runProgram(client, program, { given, results, flags: {} });
    given.forEach((_, i) => {
      const { values } = found[2 * i]!;
      assertEquals([...values].filter(Boolean).length, 50);
    });
  },
);
