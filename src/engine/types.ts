import type * as tf from "@tensorflow/tfjs-core";
import type { EngineName, Precision } from "./names.ts";

/**
 * A function of tensors alone, flat in and flat out: no captured tensors, no
 * reading of values, no random numbers of the host, shapes that depend on the
 * input's shapes only. Borrows its inputs; the caller owns the results.
 */
export type PureFunction = (inputs: readonly tf.Tensor[]) => tf.Tensor[];

/** What computed: everything about an engine that a record keeps. */
export interface EngineFacts {
  /** Its name. */
  readonly engine: EngineName;
  /** Versions by name: tfjs, deno and, if native, tensorflow. */
  readonly versions: Readonly<Record<string, string>>;
  /** The devices it computes on, each that shares a batch. */
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

/** A {@linkcode PureFunction} as an engine runs it; disposing it frees its recordings. */
export interface CompiledFunction extends Disposable {
  /** Runs it; what is not prepared is compiled first. Outputs are the caller's. */
  (inputs: readonly tf.Tensor[]): tf.Tensor[];
  /**
   * Compiles it for inputs of these shapes and types, which it leaves as they
   * are; meanwhile, timers, signals and messages go on. It may take a minute on
   * a graphics processor.
   */
  prepare(inputs: readonly tf.Tensor[]): Promise<void>;
}

/** What compiling may know of a function. */
export interface CompileOptions {
  /**
   * The numbers of inputs that each call takes over: they are disposed, and
   * their memory may become an output's. None by default.
   */
  readonly takes?: readonly number[];
  /**
   * The numbers of inputs whose first axis is the batch. An engine of several
   * devices gives each a part of it, where there are such inputs, and the results
   * are those of the whole batch, up to rounding and to what operations do by
   * parts; others leave it whole. None by default.
   */
  readonly splits?: readonly number[];
}

/** A program that an engine compiled, or loaded from what was saved of it. */
export interface ProgramFacts {
  /** What the function is called. */
  readonly name: string;
  /**
   * SHA-256 of all that its compiler is given: the program, the flags, the
   * plugin, the card and its driver.
   */
  readonly key: string;
  /** Whether it was compiled here, or loaded. */
  readonly origin: "compiled" | "loaded";
  /** How long that took. */
  readonly seconds: number;
  /** What it holds of the device's memory besides its inputs; null where unknown. */
  readonly workBytes: number | null;
}

/** The memory of a device, in bytes. */
export interface MemoryUsage {
  /** What is in use. */
  readonly inUseBytes: number;
  /** The most that was; null where unknown. */
  readonly peakBytes: number | null;
  /** What there is; null where unknown. */
  readonly limitBytes: number | null;
}

/**
 * Where compiled programs are kept from one process to the next. A compiler
 * chooses by timing: another compilation of a program has other last bits, a
 * saved one has the same.
 */
export interface ProgramStore {
  /** The bytes kept under a key, checked to be what was kept; null if there are none. */
  find(key: string): Uint8Array | null;
  /** Keeps bytes under a key. */
  keep(key: string, bytes: Uint8Array): void;
}

/** What tensors are computed by. */
export interface Engine extends Disposable {
  /** What it is, for the record. */
  readonly facts: EngineFacts;
  /**
   * Whether a call of a compiled function returns before it is computed, so
   * that the next call can be prepared meanwhile.
   */
  readonly runsAhead: boolean;
  /** The programs it has compiled or loaded so far. */
  programs(): readonly ProgramFacts[];
  /** The memory of its first device; null where there is no telling. */
  usage(): MemoryUsage | null;
  /**
   * Makes this engine the one that computes from now on. An engine is in use
   * as it is opened; only a process that opens several has to choose.
   */
  use(): void;
  /**
   * Compiles `f`: recorded once per input signature and run as one function, or
   * run operation by operation (embedded, or `eager`). Inputs are borrowed but
   * for those it takes; outputs are the caller's.
   *
   * @throws {TypeError} On the first call with a signature, if `f` uses a
   * tensor that is not an input, or reads a value.
   */
  compile(
    name: string,
    f: PureFunction,
    options?: CompileOptions,
  ): CompiledFunction;
}

/** Which engine to open. */
export interface EngineRequest {
  /** Which one; `auto` takes the best that works here. */
  readonly engine: EngineName | "auto";
  /** Threads to compute with; 0 means one per core. */
  readonly threads: number;
  /** Numbers that convolutions compute with, where the engine has them. */
  readonly precision: Precision;
  /** Devices that share each batch, where functions say what is one; 1 by default. */
  readonly devices?: number;
  /** Runs compiled functions operation by operation, for debugging; same bits. */
  readonly eager: boolean;
  /** Where compiled programs are kept; they are compiled anew by default. */
  readonly store?: ProgramStore | undefined;
  /** Stops the setting up of the native library; a later one goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Hears each line the user should see. */
  notify(line: string): void;
}
