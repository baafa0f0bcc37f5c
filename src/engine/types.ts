import type * as tf from "@tensorflow/tfjs-core";

/**
 * A function of tensors alone, flat in and flat out: no captured tensors, no
 * reading of values, no random numbers of the host, shapes that depend on the
 * input's shapes only. Borrows its inputs; the caller owns the results.
 */
export type PureFunction = (inputs: readonly tf.Tensor[]) => tf.Tensor[];

/** Numbers that convolutions compute with; everything else is 32 bits wide. */
export type Precision = "fp32" | "bf16";

/** What computed: everything about an engine that a record keeps. */
export interface EngineFacts {
  /** The native library, or plain JavaScript kernels. */
  readonly engine: "tensorflow" | "embedded";
  /** Versions by name: tfjs, deno and, if native, tensorflow. */
  readonly versions: Readonly<Record<string, string>>;
  /** The devices the engine sees. */
  readonly devices: readonly string[];
  /** Threads in use; another count is another stream of bits. */
  readonly threads: number;
  /** Numbers that convolutions compute with. */
  readonly precision: Precision;
  /** The graphics processor in use, if any. */
  readonly gpu: string | null;
  /** The native library's file, if any. */
  readonly libraryPath: string | null;
  /** What the user should know, such as why the native library is not in use. */
  readonly notices: readonly string[];
}

/** A {@linkcode PureFunction} as an engine runs it; disposing it frees its traces. */
export type CompiledFunction =
  & ((inputs: readonly tf.Tensor[]) => tf.Tensor[])
  & Disposable;

/** What tensors are computed by. */
export interface Engine extends Disposable {
  /** What it is, for the record. */
  readonly facts: EngineFacts;
  /**
   * Makes this engine the one that computes from now on. An engine is in use
   * as it is opened; only a process that opens several has to choose.
   */
  use(): void;
  /**
   * Compiles `f`: recorded once per input signature and run as one function of
   * the library (tensorflow), or run operation by operation (embedded, or
   * `eager`), with the same bits. Inputs are borrowed, outputs are the caller's.
   *
   * @throws {TypeError} On the first call with a signature, if `f` uses a
   * tensor that is not an input, or reads a value.
   */
  compile(name: string, f: PureFunction): CompiledFunction;
}

/** Which engine to open. */
export interface EngineRequest {
  /** `auto` prefers the native library, sets it up if needed, and can go on without. */
  readonly engine: "auto" | "tensorflow" | "embedded";
  /** Threads to compute with; 0 means one per core. */
  readonly threads: number;
  /** Numbers that convolutions compute with; `bf16` needs the native library. */
  readonly precision: Precision;
  /** Runs compiled functions operation by operation, for debugging; same bits. */
  readonly eager: boolean;
  /** Uses a graphics processor where one is set up. */
  readonly gpu?: boolean;
  /** Stops the setting up of the native library; a later one goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Hears each line the user should see. */
  notify(line: string): void;
}
