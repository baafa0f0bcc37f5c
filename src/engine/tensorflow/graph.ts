import { setGraphAttribute } from "./attributes.ts";
import { type Bytes, cString, int64s, type Library, name } from "./library.ts";
import type { Recorder, Value } from "../vocabulary/recorder.ts";
import {
  type Attribute,
  attributeTypes as types,
  dataTypes,
  type TensorSpec,
  typeAttribute,
} from "../vocabulary/types.ts";

/** A value on its way through a graph. */
export interface Edge extends Value {
  /** The node that computes it. */
  readonly node: Deno.PointerValue;
  /** C's `TF_Output`: the node and which of its outputs. */
  readonly output: Bytes;
}

/** What a node may have besides its inputs and attributes. */
export interface NodeExtras {
  /** A node that has to run before it. */
  readonly after?: Deno.PointerValue;
  /** The value of a constant. */
  readonly constant?: Deno.PointerValue;
}

/** Constants of more elements than this, all equal, become a `Fill`. */
const LARGE = 64;

/** The inputs, from first to last, that an operation takes as one list. */
const lists: Record<string, (inputs: number) => [first: number, end: number]> =
  {
    AddN: (inputs) => [0, inputs],
    Pack: (inputs) => [0, inputs],
    ConcatV2: (inputs) => [0, inputs - 1],
    IdentityN: (inputs) => [0, inputs],
  };

/** A graph of operations under construction. */
export class Graph implements Recorder<Edge>, Disposable {
  /** How many nodes it has. */
  size = 0;
  #library: Library;
  #graph: Deno.PointerValue;

  /** Starts an empty graph. */
  constructor(library: Library) {
    this.#library = library;
    this.#graph = library.call.TF_NewGraph();
  }

  add(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly Edge[],
    outputs: number,
    { after, constant }: NodeExtras = {},
  ): Edge[] {
    const library = this.#library, { call, status } = library;
    const node = call.TF_NewOperation(
      this.#graph,
      name(type),
      cString(`${type}_${this.size++}`),
    );
    const [first, end] = lists[type]?.(inputs.length) ?? [0, 0];
    for (let i = 0; i < inputs.length; i++) {
      if (i === first && end > first) {
        const list = inputs.slice(first, end);
        call.TF_AddInputList(node, outputsOf(list), list.length);
        i = end - 1;
      } else call.TF_AddInput(node, inputs[i]!.output);
    }
    for (const attribute of attributes) {
      // A list's length follows from its inputs, and may not be set twice.
      if (end > first && attribute.name === "N") continue;
      setGraphAttribute({ library, operation: node }, attribute);
    }
    if (after) call.TF_AddControlInput(node, after);
    if (constant) {
      call.TF_SetAttrTensor(node, name("value"), constant, status);
      library.check("TF_SetAttrTensor");
    }
    const finished = call.TF_FinishOperation(node, status);
    library.check(`graph node ${type}`);
    return Array.from(
      { length: outputs },
      (_, index) => this.#edge(type, finished, index),
    );
  }

  barrier(value: Edge, { node }: Edge): Edge {
    const attributes = [typeAttribute("T", value.dtype)];
    return this.add("Identity", attributes, [value], 1, { after: node })[0]!;
  }

  constant({ shape, dtype }: TensorSpec, values: ArrayBufferView): Edge {
    const items = values as Float32Array;
    if (
      items.length > LARGE && items.every((value) => Object.is(value, items[0]))
    ) {
      const extents = this.constant(
        { shape: [shape.length], dtype: dataTypes.TF_INT32 },
        Int32Array.from(shape),
      );
      const value = this.constant({ shape: [], dtype }, items.slice(0, 1));
      const attributes = [
        typeAttribute("T", dtype),
        typeAttribute("index_type", dataTypes.TF_INT32),
      ];
      return this.add("Fill", attributes, [extents, value], 1)[0]!;
    }
    const tensor = this.#library.newTensor(shape, dtype, values);
    try {
      const attributes = [typeAttribute("dtype", dtype)];
      return this.add("Const", attributes, [], 1, { constant: tensor })[0]!;
    } finally {
      this.#library.call.TF_DeleteTensor(tensor);
    }
  }

  placeholder({ shape, dtype }: TensorSpec): Edge {
    const attributes = [
      typeAttribute("dtype", dtype),
      { name: "shape", type: types.TF_ATTR_SHAPE, value: shape },
    ];
    return this.add("Placeholder", attributes, [], 1)[0]!;
  }

  /** Makes the graph a function; the caller deletes it. */
  toFunction(
    functionName: string,
    inputs: readonly Edge[],
    results: readonly Edge[],
  ): Deno.PointerValue {
    const { call, status } = this.#library;
    // A function may not give an input back as it is, nor one value twice.
    const outputs = results.map((edge) =>
      this.add("Identity", [typeAttribute("T", edge.dtype)], [edge], 1)[0]!
    );
    const result = call.TF_GraphToFunction(
      this.#graph,
      name(functionName),
      0, // keep the name as it is
      -1, // all nodes
      null,
      inputs.length,
      outputsOf(inputs),
      outputs.length,
      outputsOf(outputs),
      null,
      null,
      null,
      status,
    );
    this.#library.check(`TF_GraphToFunction for "${functionName}"`);
    return result;
  }

  [Symbol.dispose](): void {
    this.#library.call.TF_DeleteGraph(this.#graph);
  }

  #edge(type: string, node: Deno.PointerValue, index: number): Edge {
    const library = this.#library, { call, status } = library;
    const output = new Uint8Array(16);
    const view = new DataView(output.buffer);
    view.setBigUint64(0, Deno.UnsafePointer.value(node), true);
    view.setInt32(8, index, true);
    const dtype = call.TF_OperationOutputType(output);
    const rank = call.TF_GraphGetTensorNumDims(this.#graph, output, status);
    library.check(`rank of ${type}`);
    // oneDNN's private state of a batch normalisation has no shape in a graph.
    if (rank < 0 && type === "FusedBatchNormV3" && index === 5) {
      return { node, output, dtype, shape: [0] };
    }
    const extents = int64s(new Array(Math.max(rank, 1)).fill(-1));
    if (rank >= 0) {
      call.TF_GraphGetTensorShape(this.#graph, output, extents, rank, status);
      library.check(`shape of ${type}`);
    }
    const shape = [...extents.subarray(0, Math.max(rank, 0))].map(Number);
    if (rank < 0 || shape.some((extent) => extent < 0)) {
      throw new TypeError(
        `Cannot trace ${type}: its result has no fixed shape (${shape}), and a` +
          ` compiled function needs one`,
      );
    }
    return { node, output, dtype, shape };
  }
}

function outputsOf(edges: readonly Edge[]): Bytes {
  const bytes = new Uint8Array(16 * Math.max(1, edges.length));
  edges.forEach((edge, i) => bytes.set(edge.output, 16 * i));
  return bytes;
}
