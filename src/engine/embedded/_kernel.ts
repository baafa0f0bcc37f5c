import * as tf from "@tensorflow/tfjs-core";

/** The name of tfjs's backend of plain JavaScript. */
export const BACKEND_NAME = "cpu";

/** The parts of tfjs's `cpu` backend in use here. */
interface CpuBackend extends tf.KernelBackend {
  readonly data: { get(dataId: object): { values: Float32Array } };
  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values: Float32Array,
  ): tf.TensorInfo;
}

/** The numbers of a tensor, not to be changed. */
export function valuesOf({ dataId }: tf.TensorInfo): Float32Array {
  return (tf.backend() as CpuBackend).data.get(dataId).values;
}

/** A new tensor of 32-bit floats. */
export function tensorOf(
  shape: readonly number[],
  values: Float32Array,
): tf.TensorInfo {
  const backend = tf.backend() as CpuBackend;
  return backend.makeTensorInfo([...shape], "float32", values);
}

/** What a kernel is called with. */
export interface Call {
  /** The tensors, by the names tfjs gives them. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  /** The options, by the names tfjs gives them. */
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** A kernel; null leaves a call that it does not cover to tfjs's own. */
export type FastKernel = (call: Call) => tf.TensorInfo | tf.TensorInfo[] | null;

/** Puts a kernel before tfjs's own of the same name. */
export function replaceKernel(name: string, fast: FastKernel): void {
  const slow = tf.getKernel(name, BACKEND_NAME).kernelFunc;
  tf.unregisterKernel(name, BACKEND_NAME);
  tf.registerKernel({
    kernelName: name,
    backendName: BACKEND_NAME,
    kernelFunc: (call) => fast(call as unknown as Call) ?? slow(call),
  });
}
