import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs"; // registers the gradients of tfjs's operations
import util from "node:util";
import type { Binding } from "./binding.ts";
import { captureError } from "./recording.ts";
import {
  type Attribute,
  attributeTypes,
  dataTypes,
  type TensorMeta,
} from "./types.ts";

/** What tfjs knows of a tensor: a number of the binding, or values not yet given to it. */
interface TensorRecord {
  readonly id: number;
  readonly values: unknown;
}

/**
 * A backend of tfjs that is asked for operations in TensorFlow's words: the
 * parts of tfjs-node's `NodeJSKernelBackend` in use here, private ones too.
 */
export interface VocabularyBackend extends tf.KernelBackend {
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
) => VocabularyBackend;

/** The name that tfjs's kernels for TensorFlow, and their helpers, look for. */
const KERNELS_NAME = "tensorflow";

/**
 * Loads tfjs's kernels for TensorFlow, makes a backend that uses the binding,
 * and registers both under a name; {@linkcode closeBackend} undoes it.
 */
export async function openBackend(
  name: string,
  binding: Binding,
): Promise<VocabularyBackend> {
  const Base = await loadKernels();

  /** Tells values made inside a recording from values that it captures. */
  class Backend extends Base {
    #bornInRecording = new WeakSet<object>();

    override move(dataId: object, ...rest: unknown[]): void {
      if (this.binding.isRecording) this.#bornInRecording.add(dataId);
      super.move(dataId, ...rest);
    }

    override getInputTensorIds(tensors: readonly tf.TensorInfo[]): number[] {
      if (this.binding.isRecording) {
        for (const { dataId } of tensors) {
          // An Int64Scalar, a constant that kernels make, has no dataId.
          if (dataId === undefined || this.#bornInRecording.has(dataId)) {
            continue;
          }
          if (this.tensorMap.get(dataId).values != null) {
            throw captureError(this.binding.label);
          }
        }
      }
      return super.getInputTensorIds(tensors);
    }

    override async read(dataId: object): Promise<tf.BackendValues> {
      const { id, values } = this.tensorMap.get(dataId);
      return (values ?? await this.binding.tensorData(id)) as tf.BackendValues;
    }
  }
  // The package's name only decides whether dilations along z are refused.
  const backend = new Backend(binding, "@tensorflow/tfjs-node-gpu");
  if (tf.findBackendFactory(name)) tf.removeBackend(name);
  tf.registerBackend(name, () => backend);
  if (tf.getKernelsForBackend(name).length === 0) {
    tf.copyRegisteredKernels(KERNELS_NAME, name);
  }
  keepWords();
  return backend;
}

/** Takes a backend from tfjs again. */
export function closeBackend(name: string): void {
  tf.removeBackend(name);
  keepWords();
}

/** The kernels' helpers read the numbers of types from the backend of that name, open or not. */
function keepWords(): void {
  if (tf.findBackendFactory(KERNELS_NAME)) return;
  const words = Object.assign(new tf.KernelBackend(), {
    binding: { ...attributeTypes, ...dataTypes },
    dispose() {},
  });
  tf.registerBackend(KERNELS_NAME, () => words);
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
