import { type HalfPolicy, Halves } from "./half.ts";
import type { Recorder, Value } from "./recorder.ts";
import { Recording } from "./recording.ts";
import type { Runtime } from "./runtime.ts";
import {
  type Attribute,
  attributeTypes,
  dataTypes,
  type TensorMeta,
  type TensorSpec,
  typeAttribute,
} from "./types.ts";

/** The numbers of a tensor as tfjs reads them. */
export type Numbers = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** What a recorded function takes and gives. */
export interface Recorded<V extends Value> {
  /** Its inputs. */
  readonly inputs: readonly V[];
  /** Its results. */
  readonly results: readonly V[];
}

/**
 * What tfjs's kernels for TensorFlow call: the interface of its native addon
 * (`TFJSBinding`). Each call of {@linkcode executeOp} runs an operation on a
 * runtime, or writes it down while {@linkcode record} records a function.
 */
export class Binding<Handle = unknown> implements Disposable {
  readonly TF_FLOAT = dataTypes.TF_FLOAT;
  readonly TF_UINT8 = dataTypes.TF_UINT8;
  readonly TF_INT32 = dataTypes.TF_INT32;
  readonly TF_INT64 = dataTypes.TF_INT64;
  readonly TF_BOOL = dataTypes.TF_BOOL;
  readonly TF_COMPLEX64 = dataTypes.TF_COMPLEX64;
  readonly TF_STRING = dataTypes.TF_STRING;
  readonly TF_RESOURCE = dataTypes.TF_RESOURCE;
  readonly TF_ATTR_STRING = attributeTypes.TF_ATTR_STRING;
  readonly TF_ATTR_INT = attributeTypes.TF_ATTR_INT;
  readonly TF_ATTR_FLOAT = attributeTypes.TF_ATTR_FLOAT;
  readonly TF_ATTR_BOOL = attributeTypes.TF_ATTR_BOOL;
  readonly TF_ATTR_TYPE = attributeTypes.TF_ATTR_TYPE;
  readonly TF_ATTR_SHAPE = attributeTypes.TF_ATTR_SHAPE;
  /** The version the runtime states. */
  readonly TF_Version: string;
  readonly #runtime: Runtime<Handle>;
  readonly #policy: HalfPolicy | null;
  readonly #halves: Halves | null;
  readonly #tensors = new Map<number, Handle>();
  #recording: Recording | null = null;
  #lastId = -1;
  #isClosed = false;

  /** Owns the runtime; `policy` says what computes with 16 bits, null that nothing does. */
  constructor(runtime: Runtime<Handle>, policy: HalfPolicy | null) {
    this.#runtime = runtime;
    this.#policy = policy;
    this.#halves = this.#newHalves();
    this.TF_Version = runtime.version;
  }

  /** Whether a function is being recorded. */
  get isRecording(): boolean {
    return this.#recording !== null;
  }

  /** The name of the function being recorded, for error messages. */
  get label(): string {
    return this.#recording?.label ?? "";
  }

  /** Whether kernels should avoid what TensorFlow's GPU build lacks. */
  isUsingGpuDevice(): boolean {
    return false;
  }

  /** How many tensors the runtime holds for us. */
  getNumOfTensors(): number {
    return this.#tensors.size;
  }

  /** Gives the runtime a tensor; the caller deletes it by its number. */
  createTensor(shape: number[], dtype: number, values: unknown): number {
    if (!ArrayBuffer.isView(values)) {
      throw new TypeError(
        "Cannot make a tensor of texts: the engine computes with numbers",
      );
    }
    const spec = { shape, dtype };
    if (this.#recording) {
      const { recorder } = this.#recording;
      return this.#recording.hold(recorder.constant(spec, values)).id;
    }
    return this.#hold(this.#runtime.upload(spec, values)).id;
  }

  /** Lets a tensor go; fine for one of a recording, or when it is gone already. */
  deleteTensor(id: number): void {
    const tensor = this.#tensors.get(id);
    if (tensor === undefined) return;
    this.#tensors.delete(id);
    this.#runtime.release(tensor);
    this.#halves?.forget(id);
  }

  /**
   * Copies the numbers of a tensor out.
   *
   * @throws {TypeError} While recording, where no numbers exist.
   */
  tensorDataSync(id: number): Numbers {
    const tensor = this.#readable(id);
    return numbersOf(this.#runtime.read(tensor), this.#runtime.specOf(tensor));
  }

  /** The same without standing in anybody's way meanwhile. */
  async tensorData(id: number): Promise<Numbers> {
    const tensor = this.#readable(id), spec = this.#runtime.specOf(tensor);
    return numbersOf(await this.#runtime.readLater(tensor), spec);
  }

  /** Runs an operation, or writes it down. */
  executeOp(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMeta[] {
    const halves = this.#recording ? this.#recording.halves : this.#halves;
    return halves?.execute(type, attributes, inputs, outputs) ??
      this.#run(type, attributes, inputs, outputs);
  }

  /** {@linkcode Recorder.barrier}; outside a recording, a copy. */
  barrier(id: number, after: number): TensorMeta {
    const recording = this.#recording;
    if (!recording) {
      return this.#run(
        "Identity",
        [typeAttribute("T", this.#specOf(id).dtype)],
        [id],
        1,
      )[0]!;
    }
    const { recorder, halves } = recording;
    const [value, later] = [id, after].map((one) =>
      recording.value(halves?.passed(one) ?? one)
    );
    const copy = recording.hold(recorder.barrier(value!, later!));
    return halves?.widened(copy) ?? copy;
  }

  /** Records what `body` does to symbolic inputs. */
  record<V extends Value>(
    label: string,
    recorder: Recorder<V>,
    inputs: readonly TensorSpec[],
    body: (inputs: TensorMeta[]) => number[],
  ): Recorded<V> {
    if (this.#recording) {
      throw new TypeError(`Cannot compile "${label}" inside "${this.label}"`);
    }
    const recording = new Recording(label, recorder, () => ++this.#lastId);
    this.#recording = recording;
    recording.halves = this.#newHalves();
    try {
      const values = inputs.map((spec) => recorder.placeholder(spec));
      const ids = body(values.map((value) => recording.hold(value)));
      return { inputs: values, results: ids.map((id) => recording.value(id)) };
    } finally {
      this.#recording = null;
    }
  }

  /** The tensors of these numbers; still the binding's. */
  tensors(ids: readonly number[]): Handle[] {
    return ids.map((id) => this.#tensor(id));
  }

  /** Takes tensors over that something else has computed. */
  hold(tensors: readonly Handle[]): TensorMeta[] {
    return tensors.map((tensor) => this.#hold(tensor));
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const id of [...this.#tensors.keys()]) this.deleteTensor(id);
    this.#runtime[Symbol.dispose]();
  }

  #run(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMeta[] {
    if (this.#isClosed) {
      throw new TypeError(`Cannot run ${type}: the engine is closed`);
    }
    const recording = this.#recording;
    if (recording) {
      const values = inputs.map((id) => recording.value(id));
      return recording.recorder.add(type, attributes, values, outputs)
        .map((value) => recording.hold(value));
    }
    return this.hold(
      this.#runtime.run(type, attributes, this.tensors(inputs), outputs),
    );
  }

  #newHalves(): Halves | null {
    return this.#policy && new Halves(this.#policy, {
      run: (...operation) => this.#run(...operation),
      specOf: (id) => this.#specOf(id),
      deleteTensor: (id) => this.deleteTensor(id),
    });
  }

  #readable(id: number): Handle {
    if (!this.#recording?.find(id)) return this.#tensor(id);
    throw new TypeError(
      `Cannot read a value inside "${this.label}": a compiled function` +
        ` is recorded once and has no numbers while that happens. Return the` +
        ` tensor and read it outside`,
    );
  }

  #tensor(id: number): Handle {
    const tensor = this.#tensors.get(id);
    if (tensor !== undefined) return tensor;
    throw new TypeError(
      this.#isClosed
        ? "Cannot use a tensor of an engine that is closed"
        : `Cannot use tensor ${id}: it was disposed, or belongs to the recording` +
          ` of a compiled function`,
    );
  }

  #specOf(id: number): TensorSpec {
    return this.#recording?.find(id) ?? this.#runtime.specOf(this.#tensor(id));
  }

  #hold(tensor: Handle): TensorMeta {
    const id = ++this.#lastId, { shape, dtype } = this.#runtime.specOf(tensor);
    this.#tensors.set(id, tensor);
    return { id, shape: [...shape], dtype };
  }
}

function numbersOf(buffer: ArrayBuffer, { dtype }: TensorSpec): Numbers {
  if (dtype === dataTypes.TF_FLOAT || dtype === dataTypes.TF_COMPLEX64) {
    return new Float32Array(buffer);
  }
  if (dtype === dataTypes.TF_INT32) return new Int32Array(buffer);
  if (dtype === dataTypes.TF_INT64) return new BigInt64Array(buffer);
  return new Uint8Array(buffer);
}
