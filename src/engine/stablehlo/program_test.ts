import { deepStrictEqual, match, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { testOnPlugin } from "@test/pjrt.ts";
import { real } from "../op/_operations.ts";
import { inPart } from "../part.ts";
import { dataTypes } from "../vocabulary/types.ts";
import { f32, i32, runProgram } from "./_testing.ts";
import { Program } from "./program.ts";

const { TF_FLOAT, TF_INT32 } = dataTypes;
const options = { precision: "fp32" } as const;
const floats = (...shape: number[]) => ({ shape, dtype: TF_FLOAT });

Deno.test("Program writes what it was asked for", () => {
  const program = new Program(options);
  const x = program.placeholder(floats(2, 3));
  const half = program.constant(floats(), Float32Array.of(0.5));
  const [y] = program.add("Mul", [], [x, half], 1);
  assertEquals(
    program.text([y!]),
    [
      "module @cleft attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {",
      "  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {",
      '    %0 = "stablehlo.constant"() {value = dense<5.0e-1> : tensor<f32>} : () -> (tensor<f32>)',
      '    %1 = "stablehlo.broadcast_in_dim"(%0) {broadcast_dimensions = array<i64>} : (tensor<f32>) -> (tensor<2x3xf32>)',
      '    %2 = "stablehlo.multiply"(%arg0, %1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> (tensor<2x3xf32>)',
      "    return %2 : tensor<2x3xf32>",
      "  }",
      "}",
      "",
    ].join("\n"),
  );
});

Deno.test("Program writes no constant that nothing computes with", () => {
  const program = new Program(options);
  const x = program.placeholder(floats(6));
  const shape = { shape: [2], dtype: TF_INT32 };
  const to = program.constant(shape, Int32Array.of(2, 3));
  const [y] = program.add("Reshape", [], [x, to], 1);
  deepStrictEqual(y!.shape, [2, 3]);
  assertEquals(program.text([y!]).includes("constant"), false);
});

Deno.test("Program lets results take the memory of inputs like them", () => {
  const program = new Program(options);
  const [a, b, c] = [floats(2), floats(3), floats(2)]
    .map((spec) => program.placeholder(spec));
  const [sum] = program.add("Add", [], [a!, c!], 1);
  const results = [b!, sum!];
  const reused = program.reuse(results, { takes: [0, 1, 2] });
  deepStrictEqual([...reused], [[0, 1], [1, 0]]); // nothing is left for c
  match(
    program.text(results, { takes: [0, 1, 2] }),
    /%arg0: tensor<2xf32> {tf.aliasing_output = 1 : i32}, %arg1: tensor<3xf32> {tf.aliasing_output = 0 : i32}, %arg2: tensor<2xf32>\)/,
  );
  assertEquals(program.text(results).includes("aliasing"), false);
});

Deno.test("Program says what of it is divided over devices, and lets no result take a part", () => {
  const program = new Program(options);
  const [x, rate] = [floats(4, 3), floats()]
    .map((spec) => program.placeholder(spec));
  const [y] = program.add("Mul", [], [x!, rate!], 1);
  const more = { takes: [0, 1], devices: 2, split: [0] };
  const text = program.text([y!, rate!], more);
  match(text, /mhlo\.num_partitions = 2 : i32/);
  assertEquals(
    text.split("\n")[1],
    "  func.func public @main(" +
      '%arg0: tensor<4x3xf32> {mhlo.sharding = "{devices=[2,1]<=[2]}"}, ' +
      '%arg1: tensor<f32> {tf.aliasing_output = 1 : i32, mhlo.sharding = "{replicated}"}) -> ' +
      '(tensor<4x3xf32> {mhlo.sharding = "{replicated}"}, ' +
      'tensor<f32> {mhlo.sharding = "{replicated}"}) {',
  );
  const alone = { ...more, devices: 1 };
  assertEquals(
    program.text([y!, rate!], alone),
    program.text([y!, rate!], { takes: [0, 1] }),
  );
});

Deno.test("Program says what it cannot compile, and whose it is", () => {
  const program = new Program(options);
  const x = program.placeholder(floats(2, 3));
  throws(
    () =>
      inPart(
        'loss term "mine"',
        () => program.add("Qr", [real("a", 1)], [x, x], 2),
      ),
    (error) => {
      assertEquals(
        `${error}`,
        "Cannot compile Qr of f32[2, 3] and f32[2, 3]: it has no form for" +
          " accelerators yet\n" +
          '  at   loss term "mine"\n' +
          "  fix  Use --engine tensorflow for it, or state it by other operations",
      );
      return error instanceof ExperimentError;
    },
  );
});

Deno.test("Program refuses shapes that are computed on the way", () => {
  const program = new Program(options);
  const x = program.placeholder(floats(6));
  const shape = program.placeholder({ shape: [2], dtype: TF_INT32 });
  throws(() => program.add("Reshape", [], [x, shape], 1), {
    message: "Cannot compile Reshape of f32[6] and i32[2]: its input 1 is" +
      " computed on the way and has to be known before",
  });
});

Deno.test("Program computes in the precision it is told", () => {
  const written = (precision: "fp32" | "tf32" | "bf16") => {
    const program = new Program({ precision });
    const a = program.placeholder(floats(2, 3)),
      b = program.placeholder(floats(3, 2));
    return program.text(program.add("MatMul", [], [a, b], 1));
  };
  match(written("fp32"), /precision HIGHEST/);
  match(written("tf32"), /precision DEFAULT/);
  match(written("bf16"), /precision DEFAULT/);
});

testOnPlugin("Program keeps the bits of constants", (client) => {
  const program = new Program(options);
  const numbers = [
    1 / 3,
    -0,
    0,
    1e-40,
    16777217,
    Infinity,
    -Infinity,
    NaN,
    1e38,
  ];
  // XLA takes constants for one that differ in the sign of a 0 alone.
  const given = numbers.flatMap((value, i) => [
    f32([2], [value, value]),
    f32([2], [value, i + 2]),
  ]);
  const whole = i32([3], [-(2 ** 31), 0, 2 ** 31 - 1]);
  const truths = {
    shape: [9],
    dtype: dataTypes.TF_BOOL,
    values: Uint8Array.of(1, 0, 0, 1, 1, 0, 1, 0, 1),
  };
  const all = [...given, whole, truths];
  const results = all.map((one) => program.constant(one, one.values));
  const found = runProgram(client, program, { given: [], results });
  all.forEach(({ values }, i) => deepStrictEqual(found[i]!.values, values));
});

testOnPlugin("a barrier changes no value", (client) => {
  const program = new Program(options), x = f32([3], [1, 2, 3]);
  const a = program.placeholder(x), b = program.placeholder(x);
  const results = [program.barrier(a, b)];
  const [found] = runProgram(client, program, { given: [x, x], results });
  deepStrictEqual(found!.values, x.values);
});
