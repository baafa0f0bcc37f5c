import * as tf from "@tensorflow/tfjs-core";
import type { Engine } from "../types.ts";
import { closeBackend, type VocabularyBackend } from "./backend.ts";
import { type Builder, Compiler } from "./compiler.ts";

/** What an engine in TensorFlow's words is made of; it owns the binding. */
export interface EngineParts
  extends Pick<Engine, "facts" | "runsAhead" | "programs" | "usage"> {
  /** Its name, and that of its backend in tfjs. */
  readonly name: string;
  readonly backend: VocabularyBackend;
  readonly binding: Disposable;
  readonly builder: Builder;
  /** Whether functions run operation by operation. */
  readonly eager: boolean;
  /** Over how many devices batches are divided; 1 by default. */
  readonly devices?: number | undefined;
}

/** By the name of the backend. */
const open = new Map<string, Engine>();

/**
 * Fails if an engine of this name is open: tfjs knows one backend of a name.
 *
 * @throws {TypeError} If one is.
 */
export function checkNotOpen(name: string, what: string): void {
  if (!open.has(name)) return;
  throw new TypeError(
    `Cannot open ${what} a second time: dispose the first engine before`,
  );
}

/** The engine that these parts are, in use until another one is; closed by disposing it. */
export function startEngine(parts: EngineParts): Engine {
  const { name, facts, runsAhead, programs, usage } = parts;
  const use = () => {
    if (open.get(name) !== engine) {
      throw new TypeError("Cannot use an engine once closed");
    }
    // Settles at once: the backend exists already.
    if (tf.getBackend() !== name) void tf.setBackend(name);
  };
  const compiler = new Compiler(parts.backend, parts.builder, {
    eager: parts.eager,
    ...parts.devices !== undefined && { devices: parts.devices },
    use,
  });
  const engine: Engine = {
    facts,
    runsAhead,
    programs,
    usage,
    use,
    compile: (label, f, options) => compiler.compile(label, f, options),
    [Symbol.dispose]() {
      if (open.get(name) !== engine) return;
      compiler[Symbol.dispose]();
      open.delete(name);
      closeBackend(name);
      parts.binding[Symbol.dispose]();
    },
  };
  open.set(name, engine);
  use();
  return engine;
}
