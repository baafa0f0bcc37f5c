import { type Library, name, text } from "./library.ts";

/** A place where TensorFlow can compute. */
export interface Device {
  /** Its full name, such as "/job:localhost/replica:0/task:0/device:CPU:0". */
  readonly name: string;
  /** "CPU" or "GPU". */
  readonly type: string;
}

/** TensorFlow's eager runtime: its thread pools, devices and functions. */
export class Context implements Disposable {
  /** What C functions know it by. */
  readonly pointer: Deno.PointerValue;
  /** Every device, processors first. */
  readonly devices: readonly Device[];
  #library: Library;

  /** Starts a runtime that gives each operation `threads` threads. */
  constructor(library: Library, threads: number) {
    this.#library = library;
    const { call, status } = library;
    const options = call.TFE_NewContextOptions();
    try {
      const config = threadConfig(threads);
      call.TFE_ContextOptionsSetConfig(
        options,
        config,
        BigInt(config.length),
        status,
      );
      library.check("TFE_ContextOptionsSetConfig");
      this.pointer = call.TFE_NewContext(options, status);
      library.check("TFE_NewContext");
    } finally {
      call.TFE_DeleteContextOptions(options);
    }
    this.devices = listDevices(library, this.pointer);
  }

  /** Adds a function, which it takes over. */
  addFunction(added: Deno.PointerValue): void {
    const { call, status } = this.#library;
    call.TFE_ContextAddFunction(this.pointer, added, status);
    call.TF_DeleteFunction(added);
    this.#library.check("TFE_ContextAddFunction");
  }

  /** Forgets a function that was added under this name. */
  removeFunction(functionName: string): void {
    const { call, status } = this.#library;
    call.TFE_ContextRemoveFunction(this.pointer, name(functionName), status);
    this.#library.check(`removal of ${functionName}`);
  }

  [Symbol.dispose](): void {
    this.#library.call.TFE_DeleteContext(this.pointer);
  }
}

/**
 * A `ConfigProto` with its fields 2 and 5: `intra_op_parallelism_threads`, and
 * `inter_op_parallelism_threads` at 1. Operations that wait for each other's
 * threads gain no time, and what they hold meanwhile is memory: N1's training
 * step takes as long with one at a time and 60 to 100 MiB less.
 */
function threadConfig(threads: number): Uint8Array<ArrayBuffer> {
  const varint: number[] = [];
  for (let rest = threads; rest > 0 || varint.length === 0; rest >>>= 7) {
    varint.push((rest & 127) | (rest > 127 ? 128 : 0));
  }
  return Uint8Array.from([0x10, ...varint, 0x28, 1]);
}

function listDevices(library: Library, context: Deno.PointerValue): Device[] {
  const { call, status } = library;
  const list = call.TFE_ContextListDevices(context, status);
  library.check("TFE_ContextListDevices");
  const devices: Device[] = [];
  for (let i = 0; i < call.TF_DeviceListCount(list); i++) {
    const deviceName = text(call.TF_DeviceListName(list, i, status));
    const type = text(call.TF_DeviceListType(list, i, status));
    library.check("TF_DeviceListName");
    devices.push({ name: deviceName, type });
  }
  call.TF_DeleteDeviceList(list);
  return devices;
}
