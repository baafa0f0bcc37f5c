import type { Value } from "../vocabulary/recorder.ts";
import { dataTypes, type TensorSpec } from "../vocabulary/types.ts";
import { tensorType } from "./element_types.ts";
import { areEqual, hexadecimal, literal } from "./literal.ts";

/** A value on its way through a program in StableHLO. */
export interface HloValue extends Value {
  /** What the text calls it, such as `%7`. */
  readonly name: string;
  /** The text it stands in. */
  readonly lines: Lines;
  /** Its numbers, where they are known already. */
  readonly constant?: readonly number[] | undefined;
}

/** An operation of StableHLO, in MLIR's general form. */
export interface Line {
  /** Its name without the dialect, such as `add`. */
  readonly operation: string;
  /** What it takes. */
  readonly operands: readonly HloValue[];
  /** Its attributes, as MLIR writes them. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** What it does to two or more scalars, as MLIR writes it. */
  readonly region?: string;
}

/** The text of a function, which grows by an operation at a time. */
export class Lines {
  readonly #lines: string[] = [];
  readonly #splats = new Map<string, HloValue>();
  #names = 0;

  /** The text so far. */
  get text(): string {
    return this.#lines.join("\n");
  }

  /** Writes an operation with one result down. */
  write(result: TensorSpec, line: Line): HloValue {
    const text = statement(line, [result]), name = this.#newName();
    this.#lines.push(`    ${name} = ${text}`);
    return this.#value(result, name);
  }

  /** Writes an operation with several results down. */
  writeMany(results: readonly TensorSpec[], line: Line): HloValue[] {
    const text = statement(line, results), name = this.#newName();
    this.#lines.push(`    ${name}:${results.length} = ${text}`);
    return results.map((result, i) => this.#value(result, `${name}#${i}`));
  }

  /** A value that the function is given under a name. */
  argument(spec: TensorSpec, name: string): HloValue {
    return this.#value(spec, name);
  }

  /** A tensor of equal numbers. */
  splat(spec: TensorSpec, value: number): HloValue {
    const text = `dense<${literal(value, spec.dtype)}> : ${tensorType(spec)}`;
    let known = this.#splats.get(text);
    if (!known) this.#splats.set(text, known = this.#constant(spec, text));
    return known;
  }

  /** A tensor of known numbers; written only once something computes with it. */
  constant(spec: TensorSpec, values: ArrayBufferView): HloValue {
    const items = values as Uint8Array; // or an array of other numbers
    const write = () =>
      areEqual(values)
        ? this.splat(spec, Number(items[0]))
        : this.#literal(spec, values);
    let written: HloValue | undefined;
    return {
      shape: [...spec.shape],
      dtype: spec.dtype,
      lines: this,
      get constant() {
        return Array.from(items, Number);
      },
      get name() {
        return (written ??= write()).name;
      },
    };
  }

  #literal(spec: TensorSpec, values: ArrayBufferView): HloValue {
    if (spec.dtype !== dataTypes.TF_BOOL) {
      const text = `dense<${hexadecimal(values)}> : ${tensorType(spec)}`;
      return this.#constant(spec, text);
    }
    // How MLIR packs the bits of truths has changed; bytes are bytes.
    const bytes = { ...spec, dtype: dataTypes.TF_UINT8 };
    return this.write(spec, {
      operation: "convert",
      operands: [this.#literal(bytes, values)],
    });
  }

  #constant(spec: TensorSpec, value: string): HloValue {
    return this.write(spec, {
      operation: "constant",
      operands: [],
      attributes: { value },
    });
  }

  #newName(): string {
    return `%${this.#names++}`;
  }

  #value({ shape, dtype }: TensorSpec, name: string): HloValue {
    return { shape: [...shape], dtype, name, lines: this };
  }
}

function statement(
  { operation, operands, attributes = {}, region }: Line,
  results: readonly TensorSpec[],
): string {
  const names = operands.map(({ name }) => name).join(", ");
  const body = region ? ` ({ ${region} })` : "";
  const facts = Object.entries(attributes)
    .map(([name, value]) => `${name} = ${value}`).join(", ");
  const takes = operands.map(tensorType).join(", ");
  const gives = results.map(tensorType).join(", ");
  return `"stablehlo.${operation}"(${names})${body}` +
    `${facts && ` {${facts}}`} : (${takes}) -> (${gives})`;
}
