import * as tf from "@tensorflow/tfjs-core";
import { engineForTests } from "@test/engines.ts";
import type { Client } from "../pjrt/mod.ts";
import type { PureFunction } from "../types.ts";
import type { VocabularyBackend } from "../vocabulary/backend.ts";
import type { Recorded } from "../vocabulary/binding.ts";
import type { Recorder, Value } from "../vocabulary/recorder.ts";
import type { TensorSpec } from "../vocabulary/types.ts";
import { assertClose, exact, type Given, runProgram } from "./_testing.ts";
import type { ProgramOptions } from "./operation.ts";
import { Program } from "./program.ts";
import type { HloValue } from "./value.ts";

/** A function with inputs for it, to run on TensorFlow and on the plugin. */
export interface FunctionCase {
  readonly name: string;
  readonly f: PureFunction;
  readonly inputs: readonly tf.Tensor[];
  /** Largest difference in units of a number's size or, if larger, the mean size; 1e-5 by default. */
  readonly tolerance?: number;
}

/** Records what a function asks of the engine in use, which takes TensorFlow's words. */
export function recordFunction<V extends Value>(
  recorder: Recorder<V>,
  { f, inputs }: {
    readonly f: PureFunction;
    readonly inputs: readonly TensorSpec[];
  },
): Recorded<V> {
  const backend = tf.backend() as VocabularyBackend;
  return backend.binding.record("recorded", recorder, inputs, (symbols) => {
    let ids: number[] = [];
    tf.tidy(() => {
      const inside = symbols.map((meta) => backend.createOutputTensor(meta));
      ids = backend.getInputTensorIds(f(inside));
    });
    return ids;
  });
}

/**
 * Runs functions on both, all of them as one program, and fails where they
 * differ. They are made once TensorFlow is the engine; their inputs are disposed.
 */
export async function compareFunctions(
  client: Client,
  make: () => readonly FunctionCase[],
  options: ProgramOptions = exact,
): Promise<void> {
  const engine = await engineForTests("tensorflow");
  const cases = make();
  const program = new Program(options), results: HloValue[] = [];
  const given = cases.map(({ inputs }) => inputs.map(givenOf));
  cases.forEach(({ f }, i) => {
    results.push(...recordFunction(program, { f, inputs: given[i]! }).results);
  });
  const found = runProgram(client, program, { given: given.flat(), results });
  for (const { name, f, inputs, tolerance = 1e-5 } of cases) {
    using run = engine.compile(name, f);
    const expected = run(inputs);
    expected.map(givenOf).forEach((one, i) =>
      assertClose([found.shift()!, one], { tolerance, what: `${name}, ${i}` })
    );
    tf.dispose([...expected, ...inputs]);
  }
}

function givenOf(tensor: tf.Tensor): Given {
  const backend = tf.backend() as VocabularyBackend;
  return {
    shape: tensor.shape,
    dtype: backend.getDTypeInteger(tensor.dtype),
    values: tensor.dataSync() as Given["values"],
  };
}
