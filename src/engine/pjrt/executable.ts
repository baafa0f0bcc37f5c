import { Flight } from "./_flight.ts";
import { ifSupported } from "./_if_supported.ts";
import {
  type ExecutableMemory,
  fingerprintOf,
  memoryOf,
  optimizedProgramOf,
  outputsOf,
  type OutputSpec,
  serialize,
} from "./_inspect.ts";
import { launch } from "./_launch.ts";
import { wordsAt } from "./_memory.ts";
import type { Owner } from "./_objects.ts";
import { DeviceBuffer } from "./buffer.ts";
import { Event } from "./event.ts";
import { Execution } from "./execution.ts";

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
  #owner: Owner;
  #loaded: bigint;
  #executable: bigint;
  #isDisposed = false;

  /** Takes over a loaded executable of the plugin. */
  constructor(owner: Owner, loaded: bigint) {
    this.#owner = owner;
    this.#loaded = loaded;
    const { calls } = owner;
    this.#executable =
      calls.now("LoadedExecutable_GetExecutable", { loaded }).executable;
    owner.objects.executables.add(this);
    try {
      this.outputs = outputsOf(calls, this.#executable);
      this.devices = this.#devices();
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** Equal for executables that were compiled from the same; null where unsupported. */
  get fingerprint(): string | null {
    return ifSupported(() => fingerprintOf(this.#owner.calls, this.#address));
  }

  /** What it takes of a device's memory; null where the plugin cannot tell. */
  memory(): ExecutableMemory | null {
    return ifSupported(() => memoryOf(this.#owner.calls, this.#address));
  }

  /**
   * Its bytes, to be loaded by {@linkcode Client.load} of the same version of
   * the same plugin, on the same kind of device.
   */
  serialize(): Uint8Array<ArrayBuffer> {
    return serialize(this.#owner.calls, this.#address);
  }

  /** What the compiler made of the program, in a format that the plugin chooses. */
  optimizedProgram(): Uint8Array<ArrayBuffer> {
    return optimizedProgramOf(this.#owner.calls, this.#address);
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
    if (this.#isDisposed) {
      throw new TypeError("Cannot run an executable that is disposed of");
    }
    const owner = this.#owner;
    owner.collect();
    const launched = launch(owner.calls, {
      loaded: this.#loaded,
      inputs,
      outputCount: this.outputs.length,
      donates,
    });
    const outputs = launched.outputs.map((list, i) =>
      [...list].map((address, k) => {
        const spec = { ...this.outputs[k]!, device: this.devices[i] ?? 0 };
        return new DeviceBuffer(owner, address, spec);
      })
    );
    const events = [...launched.events].map((at) => new Event(owner, at));
    const buffers = [...inputs.flat(), ...outputs.flat()];
    const flight = new Flight(owner, { events, buffers });
    for (const list of inputs) {
      for (const i of donates) list[i]?.[Symbol.dispose]();
    }
    return new Execution(flight, outputs);
  }

  /** Gives its memory back, after the runs that are under way. */
  [Symbol.dispose](): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const { calls } = this.#owner;
    calls.now("Executable_Destroy", { executable: this.#executable });
    calls.now("LoadedExecutable_Destroy", { loaded: this.#loaded });
    this.#owner.objects.executables.delete(this);
  }

  get #address(): bigint {
    if (this.#isDisposed) {
      throw new TypeError("Cannot use an executable that is disposed of");
    }
    return this.#executable;
  }

  #devices(): number[] {
    const { devices, count } = this.#owner.calls.now(
      "LoadedExecutable_AddressableDevices",
      { loaded: this.#loaded },
    );
    return wordsAt(devices, count)
      .map((address) =>
        this.#owner.devices.findIndex((device) => device.address === address)
      );
  }
}
