import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs"; // registers the gradients of tfjs's operations
import util from "node:util";
import { type Binding, captureError } from "./binding.ts";
import type { Attribute, TensorMeta } from "./types.ts";

/** The name tfjs's kernels for TensorFlow are registered under. */
export const BACKEND_NAME = "tensorflow";

/** What tfjs knows of a tensor: a number of the binding, or values not yet given to it. */
interface TensorRecord {
  readonly id: number;
  readonly values: unknown;
}

/** The parts of tfjs-node's `NodeJSKernelBackend` in use here, private ones too. */
export interface NativeBackend extends tf.KernelBackend {
  readonly binding: Binding;
  readonly tensorMap: { get(dataId: object): TensorRecord };
  getDTypeInteger(dtype: tf.DataType): number;
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[];
  createOutputTensor(meta: TensorMeta): tf.Tensor;
  executeSingleOutput(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
  ): tf.Tensor;
  executeMultipleOutputs(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
  move(dataId: object, ...rest: unknown[]): void;
}

type BackendClass = new (
  binding: Binding,
  packageName: string,
) => NativeBackend;

/** Loads tfjs's kernels for TensorFlow and makes a backend that uses the binding. */
export async function openBackend(binding: Binding): Promise<NativeBackend> {
  const Base = await loadKernels();

  /** Tells values made inside a trace from values that a trace captures. */
  class Backend extends Base {
    #bornInTrace = new WeakSet<object>();

    override move(dataId: object, ...rest: unknown[]): void {
      if (this.binding.isTracing) this.#bornInTrace.add(dataId);
      super.move(dataId, ...rest);
    }

    override getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[] {
      if (this.binding.isTracing) {
        for (const { dataId } of tensors) {
          // An Int64Scalar, a constant that kernels make, has no dataId.
          if (dataId === undefined || this.#bornInTrace.has(dataId)) continue;
          if (this.tensorMap.get(dataId).values != null) {
            throw captureError(this.binding.traceName);
          }
        }
      }
      return super.getInputTensorIds(tensors);
    }
  }
  // The package's name only decides whether dilations along z are refused.
  return new Backend(binding, "@tensorflow/tfjs-node-gpu");
}

/**
 * Imports the kernels of tfjs-node, which need a function that newer versions
 * of `node:util` lack, and which must not find their native addon.
 */
async function loadKernels(): Promise<BackendClass> {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value == null;
  const module = await import(
    "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js"
  );
  await import("@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js");
  return module.NodeJSKernelBackend as unknown as BackendClass;
}
