import { ExperimentError } from "@/core/mod.ts";
import { loadPythonStandIn } from "./python_stand_in.ts";
import { symbols } from "./symbols.ts";
import { withoutStderr } from "../_without_stderr.ts";

/** Memory for a call into the library. */
export type Bytes = Uint8Array<ArrayBuffer>;

const loaded = new Map<string, Library>();

/**
 * Loads `libtensorflow_cc`, which must lie beside `libtensorflow_framework`;
 * once a process, as it cannot be unloaded.
 *
 * @throws {ExperimentError} If the file is not there, or not a library for this
 * machine.
 */
export function loadLibrary(path: string): Library {
  let library = loaded.get(path);
  if (!library) loaded.set(path, library = new Library(path));
  return library;
}

/** TensorFlow's C library; errors of a call surface as exceptions. */
export class Library {
  /** Its functions. */
  readonly call: Deno.DynamicLibrary<typeof symbols>["symbols"];
  /** The status object to pass to a call that takes one, before {@linkcode check}. */
  readonly status: Deno.PointerValue;

  /**
   * oneDNN is on whatever the environment says, as another set of kernels is
   * another stream of bits. Messages below an error stay silent unless
   * `TF_CPP_MIN_LOG_LEVEL` is set.
   */
  constructor(path: string) {
    Deno.env.set("TF_ENABLE_ONEDNN_OPTS", "1");
    const isSilent = !Deno.env.has("TF_CPP_MIN_LOG_LEVEL");
    const open = () => openLibrary(path);
    this.call = isSilent ? withoutStderr(open) : open();
    const setMinLogLevel = this.call
      ._ZN4absl12lts_2025081414SetMinLogLevelENS0_18LogSeverityAtLeastE;
    if (isSilent) setMinLogLevel?.(2); // errors only
    this.status = this.call.TF_NewStatus();
  }

  /** The version the library states, such as "2.21.0". */
  get version(): string {
    return text(this.call.TF_Version());
  }

  /** Throws what the last call reported, if it was a failure. */
  check(what: string): void {
    const code = this.call.TF_GetCode(this.status);
    if (code === 0) return;
    const message = text(this.call.TF_Message(this.status));
    this.call.TF_SetStatus(this.status, 0, name(""));
    throw new Error(`Cannot run ${what}: ${message} (TensorFlow code ${code})`);
  }

  /** Copies values into a new tensor of the library; the caller deletes it. */
  newTensor(
    shape: readonly number[],
    type: number,
    values: ArrayBufferView,
  ): Deno.PointerValue {
    const { byteLength } = values;
    const tensor = this.call.TF_AllocateTensor(
      type,
      int64s(shape),
      shape.length,
      BigInt(byteLength),
    );
    if (byteLength > 0) {
      const to = this.call.TF_TensorData(tensor)!;
      new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(to, byteLength)).set(
        new Uint8Array(values.buffer, values.byteOffset, byteLength),
      );
    }
    return tensor;
  }

  /** Copies the bytes of a tensor out of the library. */
  tensorBytes(tensor: Deno.PointerValue): ArrayBuffer {
    const bytes = Number(this.call.TF_TensorByteSize(tensor));
    if (bytes === 0) return new ArrayBuffer(0);
    const from = this.call.TF_TensorData(tensor)!;
    return Deno.UnsafePointerView.getArrayBuffer(from, bytes).slice(0);
  }
}

function openLibrary(path: string) {
  const isWindows = Deno.build.os === "windows";
  try {
    if (isWindows) loadPythonStandIn(path);
    return Deno.dlopen(path, symbols).symbols;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : `${cause}`;
    throw new ExperimentError(`Cannot load TensorFlow's library: ${reason}`, {
      where: path,
      fix:
        (isWindows ? "Install Microsoft's Visual C++ runtime, or use" : "Use") +
        " --engine embedded, which is slower and needs no library",
      cause,
    });
  }
}

const encoder = new TextEncoder();
const names = new Map<string, Bytes>();

/** A C string that stays in memory, as operation and attribute names recur. */
export function name(value: string): Bytes {
  let bytes = names.get(value);
  if (!bytes) names.set(value, bytes = cString(value));
  return bytes;
}

/** A C string. */
export function cString(value: string): Bytes {
  return encoder.encode(value + "\0");
}

/** A text as bytes without an end mark. */
export function utf8(value: string): Bytes {
  return encoder.encode(value);
}

/** Whole numbers as the 64-bit array that C functions take. */
export function int64s(values: readonly number[]): BigInt64Array<ArrayBuffer> {
  return BigInt64Array.from(values, BigInt);
}

/** The text at a pointer. */
export function text(pointer: Deno.PointerValue): string {
  return Deno.UnsafePointerView.getCString(pointer!);
}
