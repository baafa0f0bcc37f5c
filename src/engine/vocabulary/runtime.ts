import type { Attribute, TensorSpec } from "./types.ts";

/** What holds tensors and runs operations on them one by one. */
export interface Runtime<Handle> extends Disposable {
  /** What it calls its version, such as "2.21.0". */
  readonly version: string;
  /** Copies values in; the caller releases the tensor. */
  upload(spec: TensorSpec, values: ArrayBufferView): Handle;
  /** Copies the bytes of a tensor out, waiting for what computes it. */
  read(tensor: Handle): ArrayBuffer;
  /** The same without standing in anybody's way meanwhile. */
  readLater(tensor: Handle): Promise<ArrayBuffer>;
  /** Extents and type of a tensor. */
  specOf(tensor: Handle): TensorSpec;
  /** Lets a tensor go. */
  release(tensor: Handle): void;
  /** Runs an operation; the caller releases its results. */
  run(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly Handle[],
    outputs: number,
  ): Handle[];
}
