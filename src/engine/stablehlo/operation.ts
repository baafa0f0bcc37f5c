import { ExperimentError } from "@/core/mod.ts";
import { partNow } from "../part.ts";
import type { Attribute } from "../vocabulary/types.ts";
import { shortType } from "./element_types.ts";
import type { Lines } from "./lines.ts";
import type { HloValue } from "./value.ts";

/** What a program computes with, and in which form. */
export interface ProgramOptions {
  /**
   * How exact convolutions and products are: 32 bits throughout, or what the
   * device does fastest with numbers of their type.
   */
  readonly precision: "fp32" | "tf32" | "bf16";
}

/** An operation as tfjs's kernels ask for it. */
export interface Request {
  /** TensorFlow's name of it. */
  readonly type: string;
  /** Its attributes. */
  readonly attributes: readonly Attribute[];
  /** What it takes. */
  readonly inputs: readonly HloValue[];
  /** How many results are wanted. */
  readonly outputs: number;
}

/** An operation of TensorFlow that is to be written in StableHLO. */
export class Operation implements Request {
  readonly type: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly HloValue[];
  readonly outputs: number;
  /** The text to write it to. */
  readonly lines: Lines;
  /** How to write it. */
  readonly options: ProgramOptions;

  /** Takes a request over. */
  constructor(
    { type, attributes, inputs, outputs }: Request,
    { lines, options }: {
      readonly lines: Lines;
      readonly options: ProgramOptions;
    },
  ) {
    this.type = type;
    this.attributes = attributes;
    this.inputs = inputs;
    this.outputs = outputs;
    this.lines = lines;
    this.options = options;
  }

  /** An attribute that is a number, or what it is where it is not stated. */
  number(name: string, byDefault: number): number {
    return this.#attribute(name) as number | undefined ?? byDefault;
  }

  /** An attribute that is a list of whole numbers, likewise. */
  list(name: string, byDefault: readonly number[]): readonly number[] {
    return this.#attribute(name) as number[] | undefined ?? byDefault;
  }

  /** An attribute that is a text, likewise. */
  word(name: string, byDefault = ""): string {
    return this.#attribute(name) as string | undefined ?? byDefault;
  }

  /** An attribute that is true or false, likewise. */
  flag(name: string, byDefault = false): boolean {
    return Boolean(this.#attribute(name) ?? byDefault);
  }

  /**
   * The numbers of an input that says how to compute: a shape, an axis, a size.
   *
   * @throws {ExperimentError} If they are computed on the way.
   */
  numbers(index: number): readonly number[] {
    const { constant } = this.inputs[index]!;
    if (constant) return constant;
    throw this.refusal(
      `its input ${index} is computed on the way and has to be known before`,
    );
  }

  /** The axes that an input names, counted from the front; of `rank` axes. */
  axes(index: number, rank = this.inputs[0]!.shape.length): number[] {
    return this.numbers(index).map((axis) => axis < 0 ? axis + rank : axis);
  }

  /** What to throw where it cannot be written, for a reason. */
  refusal(reason: string): ExperimentError {
    const types = this.inputs.map(shortType).join(" and ");
    const name = types ? `${this.type} of ${types}` : this.type;
    return new ExperimentError(`Cannot compile ${name}: ${reason}`, {
      where: partNow() ?? "what is compiled",
      fix: "Use --engine tensorflow for it, or state it by other operations",
    });
  }

  #attribute(key: string): unknown {
    return this.attributes.find(({ name }) => name === key)?.value;
  }
}
