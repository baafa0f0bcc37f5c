import { ExperimentError } from "@/core/mod.ts";
import { fieldsOf, type FieldValue, textOf } from "./_protobuf.ts";
import { recordsOf, viewOf } from "./_record_file.ts";

/** A number of an event file. */
export interface ReadScalar {
  /** Its name. */
  readonly tag: string;
  /** The step. */
  readonly step: number;
  /** The number. */
  readonly value: number;
}

/** What an event says, as far as curves need it. */
export interface ReadEvent {
  /** Seconds since 1970. */
  readonly wallS: number;
  /** The step. */
  readonly step: number;
  /** Whether what was written before with this step or a later one is void. */
  readonly isRestart: boolean;
  /** Its numbers. */
  readonly scalars: readonly ReadScalar[];
}

/**
 * Reads an event file; pictures and all else but single numbers are passed over.
 * `onCut` hears of an event that the file ends within.
 *
 * @throws {ExperimentError} If it is damaged, or none.
 */
export function* readEvents(
  path: string,
  { onCut }: { onCut(): void },
): Generator<ReadEvent> {
  for (const bytes of recordsOf(path, { onCut })) {
    try {
      yield eventOf(bytes);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      throw new ExperimentError(`Cannot read "${path}": it holds no events`, {
        where: `a record of ${bytes.length} bytes: ${cause.message}`,
        fix: "Name a folder with the event files of TensorBoard",
        cause,
      });
    }
  }
}

/** Fields of `Event`: wall_time 1, step 2, summary 5, session_log 7. */
function eventOf(bytes: Uint8Array): ReadEvent {
  const fields = new Map(fieldsOf(bytes));
  const step = Number(BigInt.asIntN(64, whole(fields.get(2))));
  const log = fields.get(7), summary = fields.get(5);
  return {
    wallS: doubleAt(fields.get(1), 0),
    step,
    isRestart: log !== undefined && // status 1 is START
      whole(new Map(fieldsOf(part(log))).get(1)) === 1n,
    scalars: summary === undefined ? [] : [...fieldsOf(part(summary))]
      .filter(([field]) => field === 1).flatMap(([, value]) =>
        scalarOf(part(value), step)
      ),
  };
}

/** Fields of `Summary.Value`: tag 1, simple_value 2, tensor 8. */
function scalarOf(bytes: Uint8Array, step: number): readonly ReadScalar[] {
  const fields = new Map(fieldsOf(bytes));
  const tag = textOf(fields.get(1) ?? part(undefined));
  const simple = fields.get(2), tensor = fields.get(8);
  const value = simple !== undefined
    ? viewOf(part(simple)).getFloat32(0, true)
    : tensor !== undefined
    ? numberOf(part(tensor))
    : null;
  return value === null ? [] : [{ tag, step, value }];
}

/** How numbers of a `TensorProto` are kept, by its type: the bytes of one, and the field of a list. */
const forms = new Map<bigint, {
  readonly list: number;
  readonly bytes: number;
  read(view: DataView): number;
}>([
  [1n, { list: 5, bytes: 4, read: (view) => view.getFloat32(0, true) }],
  [2n, { list: 6, bytes: 8, read: (view) => view.getFloat64(0, true) }],
]);

/**
 * The number of a tensor that is one; null of any other. Fields: dtype 1,
 * tensor_shape 2, tensor_content 4, float_val 5, double_val 6.
 */
function numberOf(bytes: Uint8Array): number | null {
  const fields = new Map(fieldsOf(bytes));
  const form = forms.get(whole(fields.get(1)));
  const shape = fields.get(2);
  const isSingle = shape === undefined || part(shape).length === 0;
  if (!form || !isSingle) return null;
  const held = part(fields.get(4) ?? fields.get(form.list));
  return held.length === form.bytes ? form.read(viewOf(held)) : null;
}

function whole(value: FieldValue | undefined): bigint {
  return typeof value === "bigint" ? value : 0n;
}

function part(value: FieldValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

function doubleAt(value: FieldValue | undefined, at: number): number {
  const bytes = part(value);
  return bytes.length === 8 ? viewOf(bytes).getFloat64(at, true) : 0;
}
