import { ExperimentError } from "@/core/mod.ts";
import { partsNow } from "../part.ts";
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
  /**
   * How kernels of several sections are applied: as convolutions in three
   * dimensions, or as one in two over neighbouring sections side by side.
   */
  readonly depth: "conv3d" | "sections";
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

  /** The value of an attribute, or what it is where it is not stated. */
  attribute<T>(name: string, byDefault: T): T {
    const found = this.attributes.find((attribute) => attribute.name === name);
    return found === undefined ? byDefault : found.value as T;
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
      where: partsNow().join(", ") || "what is compiled",
      fix: "Use --engine tensorflow for it, or state it by other operations",
    });
  }
}
