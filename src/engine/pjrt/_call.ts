import {
  apiFunctions,
  type FieldOf,
  type FunctionName,
  POINTERS_AT,
} from "./_functions.ts";
import { textAt } from "./_memory.ts";
import { type FieldValue, Struct } from "./_struct.ts";
import { errorCodes, PjrtError } from "./pjrt_error.ts";

/** The fields to set before a call; the others are zero. */
export type Given<N extends FunctionName> = {
  readonly [F in FieldOf<N>]?: FieldValue;
};

/** Every field after a call, as unsigned numbers. */
export type Taken<N extends FunctionName> = {
  readonly [F in FieldOf<N>]: bigint;
};

const direct = { parameters: ["pointer"], result: "pointer" } as const;
const aside = { ...direct, nonblocking: true } as const;

/**
 * The functions of a plugin. An error of a call surfaces as a
 * {@linkcode PjrtError}, after the plugin's own error has been freed.
 */
export class Calls {
  #view: Deno.UnsafePointerView;
  #direct = new Map<FunctionName, Deno.UnsafeFnPointer<typeof direct>>();
  #aside = new Map<FunctionName, Deno.UnsafeFnPointer<typeof aside>>();
  // What a call reads and writes has to live until its end.
  #running = new Set<Struct>();
  #liveErrors = 0;

  /** Finds the functions in a plugin's `PJRT_Api`. */
  constructor(api: Deno.PointerObject) {
    this.#view = new Deno.UnsafePointerView(api);
  }

  /** How many errors of the plugin have not been freed. */
  get liveErrors(): number {
    return this.#liveErrors;
  }

  /** Calls a function, and waits for it. */
  now<N extends FunctionName>(name: N, given: Given<N>): Taken<N> {
    const struct = toStruct(name, given);
    let pointer = this.#direct.get(name);
    if (!pointer) {
      pointer = new Deno.UnsafeFnPointer(this.#pointer(name), direct);
      this.#direct.set(name, pointer);
    }
    this.#running.add(struct);
    const error = pointer.call(struct.pointer);
    this.#running.delete(struct);
    this.#check(name, error);
    return toFields(name, struct);
  }

  /** Calls a function on another thread, while the event loop goes on. */
  async later<N extends FunctionName>(
    name: N,
    given: Given<N>,
  ): Promise<Taken<N>> {
    const struct = toStruct(name, given);
    let pointer = this.#aside.get(name);
    if (!pointer) {
      pointer = new Deno.UnsafeFnPointer(this.#pointer(name), aside);
      this.#aside.set(name, pointer);
    }
    this.#running.add(struct);
    const error = await pointer.call(struct.pointer);
    this.#running.delete(struct);
    this.#check(name, error);
    return toFields(name, struct);
  }

  #pointer<T>(name: FunctionName): Deno.PointerObject<T> {
    const at = POINTERS_AT + 8 * apiFunctions[name].at;
    const pointer = this.#view.getPointer<T>(at);
    if (pointer === null) {
      throw new PjrtError(`the plugin lacks ${name}`, "UNIMPLEMENTED", {
        call: name,
      });
    }
    return pointer;
  }

  #check(call: string, pointer: Deno.PointerValue): void {
    if (pointer === null) return;
    this.#liveErrors++;
    const error = Deno.UnsafePointer.value(pointer);
    const { code } = this.#ask("Error_GetCode", error);
    const { message, bytes } = this.#ask("Error_Message", error);
    const text = textAt(message, bytes);
    this.#ask("Error_Destroy", error);
    this.#liveErrors--;
    const kind = errorCodes[Number(code)] ?? "UNKNOWN";
    throw new PjrtError(text, kind, { call });
  }

  /** Calls a function of an error; two of them return nothing, so nothing is looked at. */
  #ask<N extends "Error_GetCode" | "Error_Message" | "Error_Destroy">(
    name: N,
    error: bigint,
  ): Taken<N> {
    const struct = toStruct(name, { error } as Given<N>);
    new Deno.UnsafeFnPointer(this.#pointer(name), direct).call(struct.pointer);
    return toFields(name, struct);
  }
}

function toStruct<N extends FunctionName>(name: N, given: Given<N>): Struct {
  const { fields, lastBytes }: {
    fields: readonly string[];
    lastBytes?: 1 | 4;
  } = apiFunctions[name];
  const values = given as Record<string, FieldValue | undefined>;
  return new Struct(fields.map((field) => values[field] ?? 0n), lastBytes);
}

function toFields<N extends FunctionName>(name: N, struct: Struct): Taken<N> {
  const taken: Record<string, bigint> = {};
  apiFunctions[name].fields.forEach((field, i) => taken[field] = struct.get(i));
  return taken as Taken<N>;
}
