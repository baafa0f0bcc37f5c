import type { Attribute, TensorSpec } from "./types.ts";

/** A value on its way through a program: shape and type are known, numbers are not. */
export interface Value extends TensorSpec {
  /** Its extents. */
  readonly shape: number[];
}

/**
 * What writes a program down as tfjs's kernels ask for its operations: the one
 * thing that an engine which compiles has to bring. TensorFlow's is a graph of
 * its own, StableHLO's a text that any PJRT plugin compiles.
 */
export interface Recorder<V extends Value = Value> {
  /** A value given at each call. */
  placeholder(spec: TensorSpec): V;
  /** A value known now. */
  constant(spec: TensorSpec, values: ArrayBufferView): V;
  /**
   * Adds an operation, in TensorFlow's words, and returns its first `outputs`
   * results.
   *
   * @throws {Error} If the recorder does not know it, or not so.
   */
  add(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly V[],
    outputs: number,
  ): V[];
  /**
   * A copy of a value that is not computed before `after` is: what depends on
   * the copy cannot be shared with what was computed earlier.
   */
  barrier(value: V, after: V): V;
}
