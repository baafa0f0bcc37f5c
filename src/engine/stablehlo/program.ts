import type { Recorder } from "../vocabulary/recorder.ts";
import type { Attribute, TensorSpec } from "../vocabulary/types.ts";
import { tensorType } from "./element_types.ts";
import { Lines } from "./lines.ts";
import { lowerings } from "./lower/mod.ts";
import { Operation, type ProgramOptions } from "./operation.ts";
import type { HloValue } from "./value.ts";

/** What is to be known of a program besides its results. */
export interface ProgramInterface {
  /** The numbers of inputs whose memory results may use; none by default. */
  readonly takes?: readonly number[];
  /** The devices that it is divided over by its compiler; 1 by default. */
  readonly devices?: number;
  /**
   * The numbers of inputs of which each device is given a part along the first
   * axis; all others, and all results, every device has whole.
   */
  readonly split?: readonly number[];
}

/** A program in StableHLO under construction, which any PJRT plugin compiles. */
export class Program implements Recorder<HloValue> {
  readonly #options: ProgramOptions;
  readonly #lines = new Lines();
  readonly #inputs: HloValue[] = [];

  /** Starts an empty program. */
  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  placeholder(spec: TensorSpec): HloValue {
    const input = this.#lines.argument(spec, `%arg${this.#inputs.length}`);
    this.#inputs.push(input);
    return input;
  }

  constant(spec: TensorSpec, values: ArrayBufferView): HloValue {
    return this.#lines.constant(spec, values);
  }

  /** @throws {ExperimentError} If there is no lowering of it, or not so. */
  add(
    type: string,
    attributes: readonly Attribute[],
    inputs: readonly HloValue[],
    outputs: number,
  ): HloValue[] {
    const operation = new Operation({ type, attributes, inputs, outputs }, {
      lines: this.#lines,
      options: this.#options,
    });
    const lower = lowerings.get(type);
    if (!lower) {
      throw operation.refusal("it has no form for accelerators yet");
    }
    return [lower(operation)].flat().slice(0, outputs);
  }

  barrier(value: HloValue, after: HloValue): HloValue {
    return this.#lines.writeMany([value, after], {
      operation: "optimization_barrier",
      operands: [value, after],
    })[0]!;
  }

  /**
   * Which result takes the memory of which input: the inputs' numbers, of those
   * that may be used, to the results'. Those without a result of their shape and
   * type keep their memory.
   */
  reuse(
    results: readonly HloValue[],
    { takes = [] }: ProgramInterface,
  ): ReadonlyMap<number, number> {
    const free = new Set(results.keys());
    const reused = new Map<number, number>();
    for (const input of takes) {
      const type = tensorType(this.#inputs[input]!);
      const result = [...free].find((i) => tensorType(results[i]!) === type);
      if (result === undefined) continue;
      free.delete(result);
      reused.set(input, result);
    }
    return reused;
  }

  /** The whole program, a function `main` of its inputs. */
  text(results: readonly HloValue[], more: ProgramInterface = {}): string {
    const { takes = [], devices = 1, split = [] } = more;
    const isWhole = (input: number) => devices === 1 || !split.includes(input);
    const reused = this.reuse(results, { takes: takes.filter(isWhole) });
    const inputs = this.#inputs.map((input, i) => {
      const result = reused.get(i);
      const marks = [
        ...result === undefined ? [] : [`tf.aliasing_output = ${result} : i32`],
        ...devices === 1
          ? []
          : [sharding(isWhole(i) ? WHOLE : dividing(input, devices))],
      ];
      return `${input.name}: ${tensorType(input)}${marked(marks)}`;
    });
    const names = results.map(({ name }) => name).join(", ");
    const types = results.map(tensorType).join(", ");
    const marks = marked(devices === 1 ? [] : [sharding(WHOLE)]);
    const outputs = results.map((result) => tensorType(result) + marks);
    return [
      `module @cleft attributes {mhlo.num_partitions = ${devices} : i32, mhlo.num_replicas = 1 : i32} {`,
      `  func.func public @main(${inputs.join(", ")}) -> (${
        outputs.join(", ")
      }) {`,
      this.#lines.text,
      `    return ${names}${types && ` : ${types}`}`,
      "  }",
      "}",
      "",
    ].join("\n");
  }
}

/** That every device has all of a value. */
const WHOLE = "{replicated}";

/** That each device has a part along the first axis. */
function dividing({ shape }: TensorSpec, devices: number): string {
  const parts = shape.map((_, axis) => axis === 0 ? devices : 1);
  return `{devices=[${parts}]<=[${devices}]}`;
}

/** How a value lies on devices, in the words of XLA's partitioner. */
function sharding(text: string): string {
  return `mhlo.sharding = "${text}"`;
}

/** Attributes of an argument or a result. */
function marked(attributes: readonly string[]): string {
  return attributes.length > 0 ? ` {${attributes.join(", ")}}` : "";
}
