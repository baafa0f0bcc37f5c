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
      throw operation.refusal("no accelerator of Cleft's knows this operation");
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
    const reused = this.reuse(results, more);
    const inputs = this.#inputs.map((input, i) => {
      const result = reused.get(i);
      const mark = result === undefined
        ? ""
        : ` {tf.aliasing_output = ${result} : i32}`;
      return `${input.name}: ${tensorType(input)}${mark}`;
    });
    const names = results.map(({ name }) => name).join(", ");
    const types = results.map(tensorType).join(", ");
    return [
      "module @cleft attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {",
      `  func.func public @main(${inputs.join(", ")}) -> (${types}) {`,
      this.#lines.text,
      `    return ${names}${types && ` : ${types}`}`,
      "  }",
      "}",
      "",
    ].join("\n");
  }
}
