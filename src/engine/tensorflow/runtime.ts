import { setEagerAttribute } from "./attributes.ts";
import { Context } from "./context.ts";
import { type Library, name } from "./library.ts";
import type { Runtime } from "../vocabulary/runtime.ts";
import type { Attribute, TensorSpec } from "../vocabulary/types.ts";

/** A tensor of the library (`TFE_TensorHandle`). */
export type TensorHandle = NonNullable<Deno.PointerValue>;

/** TensorFlow's eager runtime: its tensors, and operations one by one. */
export class TensorFlowRuntime implements Runtime<TensorHandle> {
  readonly version: string;
  /** Thread pools, devices and functions. */
  readonly context: Context;
  readonly #library: Library;

  /** Starts a runtime that gives each operation `threads` threads. */
  constructor(library: Library, threads: number) {
    this.#library = library;
    this.version = library.version;
    this.context = new Context(library, threads);
  }

  upload({ shape, dtype }: TensorSpec, values: ArrayBufferView): TensorHandle {
    const { call, status } = this.#library;
    const tensor = this.#library.newTensor(shape, dtype, values);
    const handle = call.TFE_NewTensorHandle(tensor, status);
    call.TF_DeleteTensor(tensor);
    this.#library.check("TFE_NewTensorHandle");
    return handle!;
  }

  read(tensor: TensorHandle): ArrayBuffer {
    const { call, status } = this.#library;
    const resolved = call.TFE_TensorHandleResolve(tensor, status);
    this.#library.check("TFE_TensorHandleResolve");
    const buffer = this.#library.tensorBytes(resolved);
    call.TF_DeleteTensor(resolved);
    return buffer;
  }

  readLater(tensor: TensorHandle): Promise<ArrayBuffer> {
    return Promise.resolve(this.read(tensor)); // computed already
  }

  specOf(tensor: TensorHandle): TensorSpec {
    const { call, status } = this.#library;
    const rank = call.TFE_TensorHandleNumDims(tensor, status);
    const shape = Array.from(
      { length: rank },
      (_, axis) => Number(call.TFE_TensorHandleDim(tensor, axis, status)),
    );
    return { shape, dtype: call.TFE_TensorHandleDataType(tensor) };
  }

  release(tensor: TensorHandle): void {
    this.#library.call.TFE_DeleteTensorHandle(tensor);
  }

  run(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly TensorHandle[],
    outputs: number,
  ): TensorHandle[] {
    const { call, status } = this.#library;
    const operation = call.TFE_NewOp(this.context.pointer, name(type), status);
    this.#library.check(type);
    try {
      for (const input of inputs) {
        call.TFE_OpAddInput(operation, input, status);
        this.#library.check(`${type}, an input`);
      }
      for (const attribute of attributes) {
        setEagerAttribute({ library: this.#library, operation }, attribute);
      }
      const results = new BigUint64Array(Math.max(outputs, 1));
      const count = Int32Array.of(outputs);
      call.TFE_Execute(operation, results, count, status);
      this.#library.check(type);
      return Array.from(
        results.subarray(0, outputs),
        (address) => Deno.UnsafePointer.create(address)!,
      );
    } finally {
      call.TFE_DeleteOp(operation);
    }
  }

  [Symbol.dispose](): void {
    this.context[Symbol.dispose]();
  }
}
