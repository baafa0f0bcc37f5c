import * as tf from "@tensorflow/tfjs-core";
import type { PureFunction } from "../types.ts";
import type { VocabularyBackend } from "../vocabulary/backend.ts";
import type { Recorded } from "../vocabulary/binding.ts";
import type { Recorder, Value } from "../vocabulary/recorder.ts";

/** Records what a function asks of the engine in use, which takes TensorFlow's words. */
export function recordFunction<V extends Value>(
  recorder: Recorder<V>,
  { f, inputs }: {
    readonly f: PureFunction;
    readonly inputs: readonly tf.Tensor[];
  },
): Recorded<V> {
  const backend = tf.backend() as VocabularyBackend;
  const specs = inputs.map(({ shape, dtype }) => ({
    shape,
    dtype: backend.getDTypeInteger(dtype),
  }));
  return backend.binding.record("recorded", recorder, specs, (symbols) => {
    let ids: number[] = [];
    tf.tidy(() => {
      const inside = symbols.map((meta) => backend.createOutputTensor(meta));
      ids = backend.getInputTensorIds(f(inside));
    });
    return ids;
  });
}
