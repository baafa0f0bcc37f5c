/** How a program is compiled. */
export interface CompileOptions {
  /** On how many devices the whole program runs, each with inputs of its own; 1. */
  readonly replicas?: number;
  /** Into how many devices' parts the program is divided; 1. */
  readonly partitions?: number;
  /** Whether the compiler divides it by the shardings of its values; no. */
  readonly isSpmd?: boolean;
  /**
   * Flags of XLA for this compilation, such as `xla_backend_optimization_level`.
   * Whole numbers are sent as such, others as fractions; a text is read as
   * whatever the flag is.
   */
  readonly flags?: Readonly<Record<string, string | boolean | number>>;
}

/**
 * Compile options as the interface takes them: a `CompileOptionsProto`, whose
 * fields have the numbers of XLA's `compile_options.proto`.
 */
export function encodeCompileOptions(
  { replicas = 1, partitions = 1, isSpmd = false, flags = {} }: CompileOptions,
): Uint8Array<ArrayBuffer> {
  const build = [
    ...number(1, -1), // device_ordinal: any
    ...number(4, replicas),
    ...number(5, partitions),
    ...(isSpmd ? number(6, 1) : []),
  ];
  const overrides = Object.entries(flags).flatMap(([name, value]) =>
    message(7, [...text(1, name), ...message(2, flag(value))])
  );
  return Uint8Array.from([...message(3, build), ...overrides]);
}

function flag(value: string | boolean | number): number[] {
  if (typeof value === "string") return text(1, value);
  if (typeof value === "boolean") return number(2, value ? 1 : 0);
  return Number.isInteger(value) ? number(3, value) : double(4, value);
}

const VARINT = 0, FIXED_64 = 1, BYTES = 2;

function number(field: number, value: number): number[] {
  return [...varint(field << 3 | VARINT), ...varint(value)];
}

function double(field: number, value: number): number[] {
  const bytes = new Uint8Array(Float64Array.of(value).buffer);
  return [...varint(field << 3 | FIXED_64), ...bytes];
}

function message(field: number, body: readonly number[]): number[] {
  return [...varint(field << 3 | BYTES), ...varint(body.length), ...body];
}

function text(field: number, value: string): number[] {
  return message(field, [...new TextEncoder().encode(value)]);
}

/** Seven bits a byte, the lowest first; negative numbers as 64 bits. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}
