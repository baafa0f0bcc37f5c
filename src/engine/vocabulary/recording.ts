import type { Halves } from "./half.ts";
import type { Recorder, Value } from "./recorder.ts";
import type { TensorMeta } from "./types.ts";

/** A function being recorded, and the values in it by the numbers tfjs knows. */
export class Recording<V extends Value = Value> {
  /** What error messages call the function. */
  readonly label: string;
  /** What writes it down. */
  readonly recorder: Recorder<V>;
  /** Its values that exist in 16 bits too, if it computes with those. */
  halves: Halves | null = null;
  readonly #values = new Map<number, V>();
  readonly #nextId: () => number;

  /** Begins with nothing recorded; `nextId` gives numbers never used before. */
  constructor(label: string, recorder: Recorder<V>, nextId: () => number) {
    this.label = label;
    this.recorder = recorder;
    this.#nextId = nextId;
  }

  /** A value by its number, or undefined if it is none of this recording. */
  find(id: number): V | undefined {
    return this.#values.get(id);
  }

  /**
   * A value by its number.
   *
   * @throws {TypeError} If it is none of this recording.
   */
  value(id: number): V {
    const value = this.#values.get(id);
    if (value) return value;
    throw captureError(this.label);
  }

  /** Gives a value a number. */
  hold(value: V): TensorMeta {
    const id = this.#nextId();
    this.#values.set(id, value);
    return { id, shape: value.shape, dtype: value.dtype };
  }
}

/** Says that a compiled function may not use a tensor from outside. */
export function captureError(label: string): TypeError {
  return new TypeError(
    `Cannot compile "${label}": it uses a tensor that is not one of its` +
      ` inputs, whose value would be frozen. Pass the tensor as an input`,
  );
}
