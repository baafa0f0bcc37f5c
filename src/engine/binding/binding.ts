import type { Precision } from "../types.ts";
import { setEagerAttribute } from "./attributes.ts";
import { Context } from "./context.ts";
import { type Edge, Graph, typeAttribute } from "./graph.ts";
import { Halves } from "./half.ts";
import { type Library, name } from "./library.ts";
import {
  type Attribute,
  attributeTypes,
  dataTypes,
  type TensorMeta,
  type TensorSpec,
} from "./types.ts";

/** A graph being recorded, and the values in it by their number. */
interface Trace {
  readonly name: string;
  readonly graph: Graph;
  readonly edges: Map<number, Edge>;
  readonly halves: Halves | null;
}

/** A function of the library, made by {@linkcode Binding.trace}. */
export interface TracedFunction {
  /** The operation that runs it. */
  readonly name: string;
  /** How many tensors it gives. */
  readonly outputs: number;
  /** How many nodes its graph has. */
  readonly nodes: number;
}

/**
 * What tfjs's kernels for TensorFlow call: the interface of its native addon
 * (`TFJSBinding`), on the C API. Each call of {@linkcode executeOp} runs an
 * operation, or adds it to a graph while {@linkcode trace} records one.
 */
export class Binding implements Disposable {
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
  /** The version the library states. */
  readonly TF_Version: string;
  /** The runtime that computes. */
  readonly context: Context;
  #library: Library;
  #halves: Halves | null;
  #handles = new Map<number, Deno.PointerValue>();
  #nextId = 0;
  #trace: Trace | null = null;
  #gpu: string | null;
  #isClosed = false;

  /** Starts a runtime of the library. */
  constructor(library: Library, threads: number, precision: Precision) {
    this.#library = library;
    this.#halves = precision === "bf16" ? this.#newHalves() : null;
    this.TF_Version = library.version;
    this.context = new Context(library, threads);
    this.#gpu = this.context.devices.find(({ type }) => type === "GPU")?.name ??
      null;
  }

  /** Whether a graph is being recorded. */
  get isTracing(): boolean {
    return this.#trace !== null;
  }

  /** The name of the function being traced, for error messages. */
  get traceName(): string {
    return this.#trace?.name ?? "";
  }

  /** Whether tensors live on a graphics processor. */
  isUsingGpuDevice(): boolean {
    return this.#gpu !== null;
  }

  /** How many tensors the library holds for us. */
  getNumOfTensors(): number {
    return this.#handles.size;
  }

  /** Gives the library a tensor; the caller deletes it by its number. */
  createTensor(shape: number[], dtype: number, values: unknown): number {
    if (!ArrayBuffer.isView(values)) {
      throw new TypeError(
        "Cannot make a tensor of texts: the engine computes with numbers",
      );
    }
    if (this.#trace) {
      const edge = this.#trace.graph.constant({ shape, dtype }, values);
      return this.#recorded(this.#trace, edge);
    }
    const { call, status } = this.#library;
    const tensor = this.#library.newTensor(shape, dtype, values);
    let handle = call.TFE_NewTensorHandle(tensor, status);
    call.TF_DeleteTensor(tensor);
    this.#library.check("TFE_NewTensorHandle");
    // Whole numbers are shapes and axes, which kernels read on the host.
    if (this.#gpu !== null && dtype !== dataTypes.TF_INT32) {
      const onDevice = call.TFE_TensorHandleCopyToDevice(
        handle,
        this.context.pointer,
        name(this.#gpu),
        status,
      );
      call.TFE_DeleteTensorHandle(handle);
      this.#library.check("TFE_TensorHandleCopyToDevice");
      handle = onDevice;
    }
    return this.#held(handle);
  }

  /** Lets a tensor go; fine for one of a trace, or when it is gone already. */
  deleteTensor(id: number): void {
    const handle = this.#handles.get(id);
    if (handle === undefined) return;
    this.#library.call.TFE_DeleteTensorHandle(handle);
    this.#handles.delete(id);
    this.#halves?.forget(id);
  }

  /**
   * Copies the numbers of a tensor out.
   *
   * @throws {TypeError} While tracing, where no numbers exist.
   */
  tensorDataSync(
    id: number,
  ): Float32Array | Int32Array | Uint8Array | BigInt64Array {
    if (this.#trace?.edges.has(id)) {
      throw new TypeError(
        `Cannot read a value inside "${this.#trace.name}": a compiled function` +
          ` is recorded once and has no numbers while that happens. Return the` +
          ` tensor and read it outside`,
      );
    }
    const { call, status } = this.#library;
    const handle = this.#handle(id);
    const tensor = call.TFE_TensorHandleResolve(handle, status);
    this.#library.check("TFE_TensorHandleResolve");
    const buffer = this.#library.tensorBytes(tensor);
    call.TF_DeleteTensor(tensor);
    const dtype = call.TFE_TensorHandleDataType(handle);
    if (dtype === dataTypes.TF_FLOAT || dtype === dataTypes.TF_COMPLEX64) {
      return new Float32Array(buffer);
    }
    if (dtype === dataTypes.TF_INT32) return new Int32Array(buffer);
    if (dtype === dataTypes.TF_INT64) return new BigInt64Array(buffer);
    return new Uint8Array(buffer);
  }

  /** Runs an operation, or records it. */
  executeOp(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly number[],
    outputs: number,
  ): TensorMeta[] {
    const halves = this.#trace ? this.#trace.halves : this.#halves;
    return halves?.execute(type, attributes, inputs, outputs) ??
      this.#run(type, attributes, inputs, outputs);
  }

  /**
   * A copy of a tensor that is not computed before `after` is: what depends on
   * the copy cannot be shared with what was computed earlier.
   */
  barrier(id: number, after: number): TensorMeta {
    if (!this.#trace) {
      const dtype = this.#library.call.TFE_TensorHandleDataType(
        this.#handle(id),
      );
      return this.#run("Identity", [typeAttribute("T", dtype)], [id], 1)[0]!;
    }
    const trace = this.#trace, edge = this.#edge(trace, id);
    const [copy] = trace.graph.add(
      "Identity",
      [typeAttribute("T", edge.dtype)],
      [edge],
      1,
      { after: this.#edge(trace, after).node },
    );
    return this.#meta(trace, copy!);
  }

  /**
   * Records what `body` does to symbolic inputs and adds it to the runtime as
   * one function. Remove it with {@linkcode Context.removeFunction}.
   *
   * @param label What error messages call it.
   * @param functionName What the runtime calls it.
   */
  trace(
    label: string,
    functionName: string,
    inputs: readonly TensorSpec[],
    body: (inputs: TensorMeta[]) => number[],
  ): TracedFunction {
    if (this.#trace) {
      throw new TypeError(
        `Cannot compile "${label}" inside "${this.#trace.name}"`,
      );
    }
    const { call, status } = this.#library;
    using graph = new Graph(this.#library);
    const trace = {
      name: label,
      graph,
      edges: new Map<number, Edge>(),
      halves: this.#halves && this.#newHalves(),
    };
    this.#trace = trace;
    try {
      const edges = inputs.map((spec) => graph.placeholder(spec));
      const ids = body(edges.map((edge) => this.#meta(trace, edge)));
      const results = ids.map((id) => this.#edge(trace, id));
      const traced = graph.toFunction(functionName, edges, results);
      call.TFE_ContextAddFunction(this.context.pointer, traced, status);
      call.TF_DeleteFunction(traced);
      this.#library.check("TFE_ContextAddFunction");
      return { name: functionName, outputs: ids.length, nodes: graph.size };
    } finally {
      this.#trace = null;
    }
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const id of [...this.#handles.keys()]) this.deleteTensor(id);
    this.context[Symbol.dispose]();
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
    if (this.#trace) {
      const trace = this.#trace;
      const edges = inputs.map((id) => this.#edge(trace, id));
      return trace.graph.add(type, attributes, edges, outputs)
        .map((edge) => this.#meta(trace, edge));
    }
    const { call, status } = this.#library;
    const operation = call.TFE_NewOp(this.context.pointer, name(type), status);
    this.#library.check(type);
    try {
      for (const id of inputs) {
        call.TFE_OpAddInput(operation, this.#handle(id), status);
        this.#library.check(`${type}, an input`);
      }
      for (const attribute of attributes) {
        setEagerAttribute(this.#library, operation, attribute);
      }
      const results = new BigUint64Array(Math.max(outputs, 1));
      const count = Int32Array.of(outputs);
      call.TFE_Execute(operation, results, count, status);
      this.#library.check(type);
      return Array.from(
        results.subarray(0, outputs),
        (address) => this.#result(Deno.UnsafePointer.create(address)),
      );
    } finally {
      call.TFE_DeleteOp(operation);
    }
  }

  #newHalves(): Halves {
    return new Halves({
      run: (...operation) => this.#run(...operation),
      dtypeOf: (id) => this.#dtype(id),
      shapeOf: (id) => this.#shape(id),
      deleteTensor: (id) => this.deleteTensor(id),
    });
  }

  #handle(id: number): Deno.PointerValue {
    const handle = this.#handles.get(id);
    if (handle !== undefined) return handle;
    throw new TypeError(
      this.#isClosed
        ? "Cannot use a tensor of an engine that is closed"
        : `Cannot use tensor ${id}: it was disposed, or belongs to the recording` +
          ` of a compiled function`,
    );
  }

  #dtype(id: number): number {
    return this.#trace?.edges.get(id)?.dtype ??
      this.#library.call.TFE_TensorHandleDataType(this.#handle(id));
  }

  #shape(id: number): readonly number[] {
    return this.#trace?.edges.get(id)?.shape ?? this.#extents(this.#handle(id));
  }

  #extents(handle: Deno.PointerValue): number[] {
    const { call, status } = this.#library;
    const rank = call.TFE_TensorHandleNumDims(handle, status);
    return Array.from(
      { length: rank },
      (_, axis) => Number(call.TFE_TensorHandleDim(handle, axis, status)),
    );
  }

  #edge(trace: Trace, id: number): Edge {
    const edge = trace.edges.get(id);
    if (edge) return edge;
    throw captureError(trace.name);
  }

  #recorded(trace: Trace, edge: Edge): number {
    trace.edges.set(this.#nextId, edge);
    return this.#nextId++;
  }

  #meta(trace: Trace, edge: Edge): TensorMeta {
    const { shape, dtype } = edge;
    return { id: this.#recorded(trace, edge), shape, dtype };
  }

  #held(handle: Deno.PointerValue): number {
    this.#handles.set(this.#nextId, handle);
    return this.#nextId++;
  }

  #result(handle: Deno.PointerValue): TensorMeta {
    const shape = this.#extents(handle);
    const dtype = this.#library.call.TFE_TensorHandleDataType(handle);
    return { id: this.#held(handle), shape, dtype };
  }
}

/** Says that a compiled function may not use a tensor from outside. */
export function captureError(functionName: string): TypeError {
  return new TypeError(
    `Cannot compile "${functionName}": it uses a tensor that is not one of its` +
      ` inputs, whose value would be frozen. Pass the tensor as an input`,
  );
}
