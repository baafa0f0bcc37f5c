import { cpuPluginPath, testOnPlugin } from "@test/pjrt.ts";
import { quickFlags } from "@test/quick_flags.ts";
import { engineStatus, isNativeReady } from "../status.ts";
import type { Client, ElementType } from "../pjrt/mod.ts";
import { loadLibrary } from "../tensorflow/library.ts";
import { TensorFlowRuntime } from "../tensorflow/runtime.ts";
import {
  type Attribute,
  attributeTypes,
  dataTypes,
  type TensorSpec,
} from "../vocabulary/types.ts";
import { shortType } from "./element_types.ts";
import type { ProgramOptions } from "./operation.ts";
import { Program } from "./program.ts";
import type { HloValue } from "./value.ts";

/** A tensor with its numbers. */
export interface Given extends TensorSpec {
  readonly values: Float32Array | Int32Array | Uint8Array | Uint16Array;
  /** Whether the program knows the numbers as it is compiled. */
  readonly isKnown?: boolean;
}

/** An operation to run on TensorFlow and on the plugin. */
export interface OperationCase {
  readonly type: string;
  readonly inputs: readonly Given[];
  readonly attributes?: readonly Attribute[];
  readonly outputs?: number;
  /** The results that are compared; all by default. */
  readonly compares?: readonly number[];
  /** Largest difference in units of a number's size or, if larger, the mean size; 0 by default. */
  readonly tolerance?: number;
}

/** Registers a test that needs the processor's plugin and TensorFlow. */
export function testAgainstTensorFlow(
  name: string,
  body: (client: Client) => void | Promise<void>,
): void {
  if (isNativeReady() || cpuPluginPath() === null) testOnPlugin(name, body);
  else Deno.test.ignore(`${name} (tensorflow: not set up)`, () => {});
}

/** Fractions with 32 bits, given at each call. */
export function f32(
  shape: readonly number[],
  values: ArrayLike<number>,
): Given {
  return {
    shape,
    dtype: dataTypes.TF_FLOAT,
    values: Float32Array.from(values),
  };
}

/** Whole numbers, given at each call. */
export function i32(
  shape: readonly number[],
  values: ArrayLike<number>,
): Given {
  return { shape, dtype: dataTypes.TF_INT32, values: Int32Array.from(values) };
}

/** Truths, given at each call. */
export function bool(
  shape: readonly number[],
  values: ArrayLike<number>,
): Given {
  return { shape, dtype: dataTypes.TF_BOOL, values: Uint8Array.from(values) };
}

/** Bytes, given at each call. */
export function u8(shape: readonly number[], values: ArrayLike<number>): Given {
  return { shape, dtype: dataTypes.TF_UINT8, values: Uint8Array.from(values) };
}

/** The same numbers with 16 bits, what does not fit cut off. */
export function half({ shape, values }: Given): Given {
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  return {
    shape,
    dtype: dataTypes.TF_BFLOAT16,
    values: Uint16Array.from(bits, (word) => word >>> 16),
  };
}

/** The same numbers, known as the program is compiled. */
export function known(given: Given): Given {
  return { ...given, isKnown: true };
}

/** A list of whole numbers that is known as the program is compiled. */
export function list(...values: number[]): Given {
  return known(i32([values.length], values));
}

/** A whole number that is known as the program is compiled. */
export function one(value: number): Given {
  return known(i32([], [value]));
}

/** An attribute that is a whole number. */
export function integer(name: string, value: number): Attribute {
  return { name, type: attributeTypes.TF_ATTR_INT, value };
}

/** Repeatable numbers of a normal distribution, more or less. */
export function normal(shape: readonly number[], seed = 1): Given {
  const size = shape.reduce((a, b) => a * b, 1);
  let state = seed * 2654435761 >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return f32(
    shape,
    Array.from(
      { length: size },
      () => uniform() + uniform() + uniform() + uniform() - 2,
    ),
  );
}

/** Programs of 32 bits throughout. */
export const exact: ProgramOptions = { precision: "fp32" };

/** Runs every operation on both, and fails where they differ. */
export function compareWithTensorFlow(
  client: Client,
  cases: readonly OperationCase[],
  options: ProgramOptions = exact,
): void {
  const found = runOnPlugin(client, cases, options);
  cases.forEach((each, i) => {
    const expected = runOnTensorFlow(each);
    const kept = each.compares ?? expected.map((_, k) => k);
    for (const k of kept) {
      const { tolerance = 0 } = each;
      const what = `${describe(each)}, result ${k}`;
      assertClose([found[i]![k]!, expected[k]!], { tolerance, what });
    }
  });
}

/** Runs every operation in one program on the plugin. */
export function runOnPlugin(
  client: Client,
  cases: readonly OperationCase[],
  options: ProgramOptions = exact,
): Given[][] {
  const program = new Program(options), given: Given[] = [];
  const results = cases.map(({ type, attributes = [], inputs, outputs = 1 }) =>
    program.add(
      type,
      attributes,
      inputs.map((input) => {
        if (input.isKnown) return program.constant(input, input.values);
        given.push(input);
        return program.placeholder(input);
      }),
      outputs,
    )
  );
  const values = runProgram(client, program, {
    given,
    results: results.flat(),
  });
  return results.map((list) => values.splice(0, list.length));
}

/** Compiles a program and runs it. */
export function runProgram(
  client: Client,
  program: Program,
  { given, results, flags = quickFlags }: {
    readonly given: readonly Given[];
    readonly results: readonly HloValue[];
    readonly flags?: Record<string, number | boolean>;
  },
): Given[] {
  using executable = client.compileNow(program.text(results), { flags });
  const buffers = given.map(({ values, shape, dtype }) =>
    client.upload(values as Float32Array<ArrayBuffer>, {
      shape,
      type: elementTypeOf(dtype),
    })
  );
  const run = executable.execute([buffers]);
  const found = run.outputs[0]!.map((buffer, i) => {
    const bytes = buffer.readNow(), { shape, dtype } = results[i]!;
    buffer[Symbol.dispose]();
    return { shape, dtype, values: numbersOf(bytes, dtype) };
  });
  run.wait();
  for (const buffer of buffers) buffer[Symbol.dispose]();
  return found;
}

let runtime: TensorFlowRuntime | null = null;

/** Runs an operation on TensorFlow. */
export function runOnTensorFlow(
  { type, attributes = [], inputs, outputs = 1 }: OperationCase,
): Given[] {
  runtime ??= new TensorFlowRuntime(loadLibrary(libraryPath()), 2);
  const tensorflow = runtime;
  const handles = inputs.map((given) => tensorflow.upload(given, given.values));
  const results = tensorflow.run(type, attributes, handles, outputs);
  const found = results.map((handle) => {
    const spec = tensorflow.specOf(handle);
    const bytes = new Uint8Array(tensorflow.read(handle));
    return { ...spec, values: numbersOf(bytes, spec.dtype) };
  });
  for (const handle of [...handles, ...results]) tensorflow.release(handle);
  return found;
}

/** Fails unless two tensors agree in shape, type and numbers. */
export function assertClose(
  [found, expected]: readonly [Given, Given],
  { tolerance, what }: { readonly tolerance: number; readonly what: string },
): void {
  if (shortType(found) !== shortType(expected)) {
    throw new Error(
      `${what}: ${shortType(found)} is not ${shortType(expected)}`,
    );
  }
  const b = floatsOf(expected);
  const finite = b.filter(Number.isFinite);
  const mean = finite.reduce((sum, v) => sum + Math.abs(v), 0) /
    Math.max(1, finite.length);
  floatsOf(found).forEach((value, i) => {
    const other = b[i]!;
    if (Object.is(value, other) || value === other) return;
    const bound = tolerance * Math.max(Math.abs(other), mean);
    if (!(Math.abs(value - other) <= bound)) {
      throw new Error(
        `${what}: number ${i} is ${value} and not ${other}` +
          ` (${Math.abs(value - other) / Math.max(Math.abs(other), mean)})`,
      );
    }
  });
}

function floatsOf({ dtype, values }: Given): number[] {
  if (dtype !== dataTypes.TF_BFLOAT16) return Array.from(values);
  const wide = Uint32Array.from(values, (bits) => bits << 16);
  return [...new Float32Array(wide.buffer)];
}

function numbersOf(
  { buffer }: Uint8Array<ArrayBuffer>,
  dtype: number,
): Given["values"] {
  if (dtype === dataTypes.TF_FLOAT) return new Float32Array(buffer);
  if (dtype === dataTypes.TF_INT32) return new Int32Array(buffer);
  if (dtype === dataTypes.TF_BFLOAT16) return new Uint16Array(buffer);
  return new Uint8Array(buffer);
}

function elementTypeOf(dtype: number): ElementType {
  if (dtype === dataTypes.TF_FLOAT) return "f32";
  if (dtype === dataTypes.TF_INT32) return "s32";
  if (dtype === dataTypes.TF_BFLOAT16) return "bf16";
  return dtype === dataTypes.TF_BOOL ? "pred" : "u8";
}

function describe({ type, attributes = [], inputs }: OperationCase): string {
  const stated = attributes.filter(({ type }) => type !== 4)
    .map(({ name, value }) => ` ${name}=${value}`).join("");
  return `${type}(${
    inputs.map((given) =>
      shortType(given) +
      (given.isKnown && given.values.length < 9 ? ` ${given.values}` : "")
    ).join("; ")
  })${stated}`;
}

/** TensorFlow's library. */
function libraryPath(): string {
  const build = engineStatus().find(({ engine }) => engine === "tensorflow");
  return build!.libraryPath!;
}
