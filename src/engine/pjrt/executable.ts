import { Flight } from "./_flight.ts";
import { bytesAt, numbersAt, textAt, wordsAt } from "./_memory.ts";
import { addressOf, Struct } from "./_struct.ts";
import { type BufferSpec, DeviceBuffer } from "./buffer.ts";
import type { Client } from "./client.ts";
import { typeOfCode } from "./element_type.ts";
import { Event } from "./event.ts";
import { Execution } from "./execution.ts";
import { PjrtError } from "./pjrt_error.ts";

/** What an executable takes of a device's memory, as its compiler worked out. */
export interface ExecutableMemory {
  /** The bytes of its inputs. */
  readonly argumentBytes: number;
  /** The bytes of its outputs. */
  readonly outputBytes: number;
  /** The bytes of outputs that lie in the place of donated inputs. */
  readonly aliasBytes: number;
  /** The bytes of everything in between. */
  readonly tempBytes: number;
  /** The bytes of its instructions. */
  readonly generatedCodeBytes: number;
}

/** What an output is. */
export type OutputSpec = Omit<BufferSpec, "device">;

/** How an executable is run. */
export interface ExecuteOptions {
  /**
   * The numbers of inputs that are given away, of those that the program marks
   * by `tf.aliasing_output`: their memory becomes that of outputs, and they
   * cannot be used again. None, unless told.
   */
  readonly donates?: readonly number[];
}

/** A compiled program on its devices. */
export class Executable implements Disposable {
  /** What it gives on each device. */
  readonly outputs: readonly OutputSpec[];
  /** The numbers of the devices that it runs on. */
  readonly devices: readonly number[];
  #client: Client;
  #loaded: bigint;
  #executable: bigint;
  #isDisposed = false;

  /** Takes over a loaded executable of the plugin. */
  constructor(client: Client, loaded: bigint) {
    this.#client = client;
    this.#loaded = loaded;
    const { calls } = client;
    this.#executable =
      calls.now("LoadedExecutable_GetExecutable", { loaded }).executable;
    client.objects.executables.add(this);
    try {
      this.outputs = this.#outputs();
      this.devices = this.#devices();
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** Equal for executables that were compiled from the same; null where unsupported. */
  get fingerprint(): string | null {
    return this.#ifSupported(() => {
      const { fingerprint, bytes } = this.#client.calls.now(
        "Executable_Fingerprint",
        { executable: this.#address },
      );
      return textAt(fingerprint, bytes);
    });
  }

  /** What it takes of a device's memory; null where the plugin cannot tell. */
  memory(): ExecutableMemory | null {
    return this.#ifSupported(() => {
      const found = this.#client.calls.now(
        "Executable_GetCompiledMemoryStats",
        { executable: this.#address },
      );
      return {
        argumentBytes: Number(found.arguments),
        outputBytes: Number(found.outputs),
        aliasBytes: Number(found.aliases),
        tempBytes: Number(found.temporaries),
        generatedCodeBytes: Number(found.code),
      };
    });
  }

  /**
   * Its bytes, to be loaded by {@linkcode Client.load} of the same version of
   * the same plugin, on the same kind of device.
   */
  serialize(): Uint8Array<ArrayBuffer> {
    const { data, bytes, owner, deleter } = this.#client.calls.now(
      "Executable_Serialize",
      { executable: this.#address },
    );
    const copy = bytesAt(data, bytes);
    const free = Deno.UnsafePointer.create<typeof freeing>(deleter);
    if (free) {
      new Deno.UnsafeFnPointer(free, freeing)
        .call(Deno.UnsafePointer.create(owner));
    }
    return copy;
  }

  /** What the compiler made of the program, in a format that the plugin chooses. */
  optimizedProgram(): Uint8Array<ArrayBuffer> {
    const { calls } = this.#client, executable = this.#address;
    // PJRT_Program: code, its bytes, format, its bytes.
    const CODE = 0, BYTES = 1;
    const program = new Struct([0n, 0n, 0n, 0n]);
    calls.now("Executable_OptimizedProgram", { executable, program });
    const code = new Uint8Array(Number(program.get(BYTES)));
    program.set(CODE, code);
    calls.now("Executable_OptimizedProgram", { executable, program });
    return code;
  }

  /**
   * Starts it with a list of inputs for each device, and returns at once.
   * Inputs may be disposed of right after; they live until the run is over.
   *
   * @throws {PjrtError} If the inputs do not fit the program.
   */
  execute(
    inputs: readonly (readonly DeviceBuffer[])[],
    { donates = [] }: ExecuteOptions = {},
  ): Execution {
    const client = this.#client;
    client.collect();
    const { addresses, events } = this.#start(inputs, donates);
    const outputs = addresses.map((list, i) =>
      [...list].map((address, k) =>
        new DeviceBuffer(client, address, {
          ...this.outputs[k]!,
          device: this.devices[i] ?? 0,
        })
      )
    );
    const flight = new Flight(client, {
      events: [...events].map((address) => new Event(client, address)),
      buffers: [...inputs.flat(), ...outputs.flat()],
    });
    for (const list of inputs) {
      for (const i of donates) list[i]?.[Symbol.dispose]();
    }
    return new Execution(flight, outputs);
  }

  /** Gives its memory back, after the runs that are under way. */
  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const { calls } = this.#client;
    calls.now("Executable_Destroy", { executable: this.#executable });
    calls.now("LoadedExecutable_Destroy", { loaded: this.#loaded });
    this.#client.objects.executables.delete(this);
  }

  get #address(): bigint {
    if (this.#isDisposed) {
      throw new TypeError("Cannot use an executable that is disposed of");
    }
    return this.#executable;
  }

  /** Starts a run; gives the addresses of its outputs and of its events. */
  #start(
    inputs: readonly (readonly DeviceBuffer[])[],
    donates: readonly number[],
  ): {
    readonly addresses: readonly BigUint64Array<ArrayBuffer>[];
    readonly events: BigUint64Array<ArrayBuffer>;
  } {
    if (this.#isDisposed) {
      throw new TypeError("Cannot run an executable that is disposed of");
    }
    const inputCount = inputs[0]?.length ?? 0;
    if (inputs.some((list) => list.length !== inputCount)) {
      throw new RangeError("Cannot run with fewer inputs on some devices");
    }
    const lists = inputs.map((list) =>
      BigUint64Array.from(list, ({ address }) => address)
    );
    const addresses = inputs.map(() => new BigUint64Array(this.outputs.length));
    const events = new BigUint64Array(inputs.length);
    const kept = Int32Array.from({ length: inputCount }, (_, i) => i)
      .filter((i) => !donates.includes(i));
    this.#client.calls.now("LoadedExecutable_Execute", {
      loaded: this.#loaded,
      options: executeOptions(kept),
      inputs: BigUint64Array.from(lists, addressOf),
      deviceCount: inputs.length,
      inputCount,
      outputs: BigUint64Array.from(addresses, addressOf),
      events,
    });
    return { addresses, events };
  }

  #outputs(): OutputSpec[] {
    const { calls } = this.#client, executable = this.#executable;
    const { types, count } = calls.now("Executable_OutputElementTypes", {
      executable,
    });
    const found = calls.now("Executable_OutputDimensions", { executable });
    const ranks = wordsAt(found.ranks, found.count).map(Number);
    const total = ranks.reduce((sum, rank) => sum + rank, 0);
    const dims = wordsAt(found.dims, BigInt(total)).map(Number);
    return numbersAt(types, count).map((code, i) => ({
      type: typeOfCode(code),
      shape: dims.splice(0, ranks[i]!),
    }));
  }

  #devices(): number[] {
    const { devices, count } = this.#client.calls.now(
      "LoadedExecutable_AddressableDevices",
      { loaded: this.#loaded },
    );
    return wordsAt(devices, count)
      .map((address) =>
        this.#client.devices.findIndex((device) => device.address === address)
      );
  }

  #ifSupported<T>(ask: () => T): T | null {
    try {
      return ask();
    } catch (error) {
      const isMissing = error instanceof PjrtError &&
        error.code === "UNIMPLEMENTED";
      if (isMissing) return null;
      throw error;
    }
  }
}

const freeing = { parameters: ["pointer"], result: "void" } as const;

/** `PJRT_ExecuteOptions`; `kept` are the numbers of inputs not given away. */
function executeOptions(kept: Int32Array): Struct {
  const callbacks = [0n, 0n, 0n, 0n], launch = 0n, context = 0n, site = 0n;
  const tasks = [0n, 0n, 0n];
  const numbers = BigInt64Array.from(kept, BigInt);
  return new Struct(
    [...callbacks, launch, numbers, kept.length, context, site, ...tasks],
  );
}
