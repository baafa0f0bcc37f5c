import type { Calls } from "./_call.ts";
import { textAt, wordsAt } from "./_memory.ts";
import { Objects, type Owner } from "./_objects.ts";
import { Struct } from "./_struct.ts";
import { type BufferSpec, DeviceBuffer } from "./buffer.ts";
import {
  type CompileOptions,
  encodeCompileOptions,
} from "./compile_options.ts";
import {
  describeDevice,
  type Device,
  type DeviceMemory,
  deviceMemory,
} from "./device.ts";
import { byteSize, typeCode } from "./element_type.ts";
import { Event } from "./event.ts";
import { Executable } from "./executable.ts";
import { encodeNamedValues, type NamedValues } from "./named_values.ts";
import { type Plugin, quietly } from "./plugin.ts";

/** How many objects of the plugin have not been freed. */
export interface LiveObjects {
  /** Arrays in devices' memory. */
  readonly buffers: number;
  /** Ends of work that nobody has seen yet. */
  readonly events: number;
  /** Compiled programs. */
  readonly executables: number;
  /** Errors; more than none is a fault of ours. */
  readonly errors: number;
}

/** A plugin at work: its devices, and what was compiled and uploaded for them. */
export class Client implements Disposable, Owner {
  /** What its devices are: "cpu", "cuda", "rocm", "tpu". */
  readonly platform: string;
  /** The version of the platform, in the plugin's words. */
  readonly platformVersion: string;
  /** Its devices, in the plugin's order. */
  readonly devices: readonly Device[];
  /** What has not been freed; for this folder alone. */
  readonly objects = new Objects();
  /** The plugin's functions; for this folder alone. */
  readonly calls: Calls;
  #address: bigint;
  #compilations = 0;
  #isDisposed = false;

  /**
   * Starts a plugin. Which options there are is up to it; it refuses others.
   *
   * @throws {PjrtError} If it has no device, or does not know an option.
   */
  constructor(plugin: Plugin, options: NamedValues = {}) {
    const { calls } = plugin;
    const { list, kept } = encodeNamedValues(options);
    const optionCount = Object.keys(options).length;
    const { client } = quietly(() =>
      calls.now("Client_Create", { options: list, optionCount })
    );
    kept.length = 0; // what the options point to had to live until here
    this.calls = calls;
    this.#address = client;
    const name = calls.now("Client_PlatformName", { client });
    this.platform = textAt(name.name, name.bytes);
    const version = calls.now("Client_PlatformVersion", { client });
    this.platformVersion = textAt(version.version, version.bytes);
    const { devices, count } = calls.now("Client_AddressableDevices", {
      client,
    });
    this.devices = wordsAt(devices, count)
      .map((address, index) => describeDevice(calls, { index, address }));
  }

  /** Its address in the plugin; for this folder alone. */
  get address(): bigint {
    if (this.#isDisposed) {
      throw new TypeError("Cannot use a client that is disposed of");
    }
    return this.#address;
  }

  /** A device by its number. */
  deviceAt(index: number): Device {
    const device = this.devices[index];
    if (!device) throw new RangeError(`Cannot use device ${index}: none such`);
    return device;
  }

  /** How many objects have not been freed, to find leaks. */
  get live(): LiveObjects {
    const { buffers, events, executables } = this.objects;
    return {
      buffers: buffers.size,
      events: events.size,
      executables: executables.size,
      errors: this.calls.liveErrors,
    };
  }

  /** The memory of a device, by its number; null where the plugin cannot tell. */
  memory(device = 0): DeviceMemory | null {
    return deviceMemory(this.calls, this.deviceAt(device));
  }

  /**
   * Compiles a program, StableHLO as text or bytes, while the event loop goes on.
   *
   * @throws {PjrtError} If it is not a program, or not for these devices.
   */
  async compile(
    program: string | Uint8Array<ArrayBuffer>,
    options: CompileOptions = {},
  ): Promise<Executable> {
    const given = this.#compilation(program, options);
    this.#compilations++;
    try {
      const { executable } = await this.calls.later("Client_Compile", given);
      return this.#takeLate(executable);
    } finally {
      this.#compilations--;
      this.#destroyIfUnused();
    }
  }

  /** Compiles a program as {@linkcode compile} does, but blocks meanwhile. */
  compileNow(
    program: string | Uint8Array<ArrayBuffer>,
    options: CompileOptions = {},
  ): Executable {
    const given = this.#compilation(program, options);
    const { executable } = this.calls.now("Client_Compile", given);
    return new Executable(this, executable);
  }

  /**
   * Loads an executable from what {@linkcode Executable.serialize} gave. Bytes
   * from a file need a hash that is checked before: of damaged ones some load,
   * and some end the process.
   *
   * @throws {PjrtError} If they are no executable, or of another plugin.
   */
  load(data: Uint8Array<ArrayBuffer>): Executable {
    // The processor's plugin complains of machines whose features it prefers.
    const { loaded } = quietly(() =>
      this.calls.now("Executable_DeserializeAndLoad", {
        client: this.address,
        data,
        bytes: data.length,
      })
    );
    return new Executable(this, loaded);
  }

  /** Copies values to a device; they may change as soon as it returns. */
  upload(
    values: ArrayBufferView<ArrayBuffer>,
    { type, shape, device = 0 }: BufferSpec,
  ): DeviceBuffer {
    const bytes = byteSize(type, shape);
    if (values.byteLength !== bytes) {
      throw new RangeError(
        `Cannot upload ${values.byteLength} bytes as ${type} [${shape}], which takes ${bytes}`,
      );
    }
    this.collect();
    const IMMUTABLE_ONLY_DURING_CALL = 0;
    const { done, buffer } = this.calls.now("Client_BufferFromHostBuffer", {
      client: this.address,
      data: values.byteLength > 0 ? values : new Uint8Array(8),
      type: typeCode(type),
      dims: BigInt64Array.from(shape, BigInt),
      rank: shape.length,
      semantics: IMMUTABLE_ONLY_DURING_CALL,
      device: this.deviceAt(device).address,
    });
    // The values have been copied; whether the copy to the device goes well,
    // whoever reads or runs with the buffer will hear.
    if (done !== 0n) new Event(this, done).drop();
    return new DeviceBuffer(this, buffer, { type, shape, device });
  }

  /** Lets go of what work held that is over by now; never blocks. */
  collect(): void {
    for (const flight of this.objects.flights) {
      if (!flight.isReady) return;
      flight.collect();
    }
  }

  /** Settles when nothing is under way; failures are told to whoever began it. */
  async settle(): Promise<void> {
    const { flights, events } = this.objects;
    await Promise.allSettled([...flights].map((flight) => flight.done));
    await Promise.allSettled([...events].map((event) => event.done));
  }

  /**
   * Waits for everything under way, and frees all that is left. A compilation
   * that is under way is given up when it ends.
   */
  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    for (const flight of this.objects.flights) flight.collect();
    for (const buffer of this.objects.buffers) buffer[Symbol.dispose]();
    for (const executable of this.objects.executables) {
      executable[Symbol.dispose]();
    }
    this.#isDisposed = true;
    this.#destroyIfUnused();
  }

  #compilation(
    program: string | Uint8Array<ArrayBuffer>,
    options: CompileOptions,
  ) {
    // An empty program would be a null pointer, at which a plugin crashes.
    const given = program.length === 0 ? "\n" : program;
    const code = typeof given === "string"
      ? new TextEncoder().encode(given)
      : given;
    const format = new TextEncoder().encode("mlir");
    const encoded = encodeCompileOptions(options);
    return {
      client: this.address,
      program: new Struct([code, code.length, format, format.length]),
      options: encoded,
      optionBytes: encoded.length,
    };
  }

  /** Takes over what was compiled, unless the client was disposed of meanwhile. */
  #takeLate(loaded: bigint): Executable {
    if (!this.#isDisposed) return new Executable(this, loaded);
    this.calls.now("LoadedExecutable_Destroy", { loaded });
    throw new TypeError("Cannot compile: the client was disposed of");
  }

  #destroyIfUnused(): void {
    if (!this.#isDisposed || this.#compilations > 0) return;
    if (this.#address === 0n) return;
    this.calls.now("Client_Destroy", { client: this.#address });
    this.#address = 0n;
  }
}
