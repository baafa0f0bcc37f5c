import { mayLoadLibraries } from "@/core/mod.ts";

/** NVIDIA's library of management, as its driver brings it. */
export const nvmlLibraries: Partial<Record<typeof Deno.build.os, string>> = {
  linux: "libnvidia-ml.so.1",
  windows: "nvml.dll",
};

const onDevice = { parameters: ["pointer", "buffer"], result: "i32" } as const;

/** The functions of `nvml.h` that we call; each returns 0 or the number of an error. */
const functions = {
  nvmlInit_v2: { parameters: [], result: "i32" },
  nvmlShutdown: { parameters: [], result: "i32" },
  nvmlErrorString: { parameters: ["i32"], result: "pointer" },
  nvmlDeviceGetCount_v2: { parameters: ["buffer"], result: "i32" },
  nvmlDeviceGetHandleByIndex_v2: {
    parameters: ["u32", "buffer"],
    result: "i32",
  },
  nvmlDeviceGetUUID: {
    parameters: ["pointer", "buffer", "u32"],
    result: "i32",
  },
  nvmlDeviceGetUtilizationRates: onDevice,
  nvmlDeviceGetMemoryInfo: onDevice,
  nvmlDeviceGetPowerUsage: onDevice,
  nvmlDeviceGetTotalEnergyConsumption: onDevice,
} as const;

/** One of NVIDIA's cards; each number is null where the card does not tell it. */
export interface NvmlCard {
  /** `GPU-…`, unlike any other's. */
  readonly uuid: string;
  /** Share of the last moment in which it computed, in percent. */
  busyPercent(): number | null;
  /** Memory that all programs hold, in bytes. */
  usedBytes(): number | null;
  /** What it takes, in watts. */
  watts(): number | null;
  /** Energy since its driver was loaded, in joules. */
  joules(): number | null;
}

/** NVML, while it is open. */
export class Nvml implements Disposable {
  readonly #library: Deno.DynamicLibrary<typeof functions>;

  /**
   * Loads the library.
   *
   * @throws {Error} If it is not there, may not be loaded, or finds no driver.
   */
  constructor(path: string) {
    if (!mayLoadLibraries()) throw new Error("the right to ffi is not granted");
    try {
      this.#library = Deno.dlopen(path, functions);
    } catch (cause) {
      throw new Error(`${path} is not here, or is too old`, { cause });
    }
    try {
      this.#check(this.#symbols.nvmlInit_v2());
    } catch (error) {
      this.#library.close();
      throw error;
    }
  }

  /**
   * Every card of the machine, in the driver's order.
   *
   * @throws {Error} If the driver does not tell.
   */
  cards(): NvmlCard[] {
    const count = new Uint32Array(1);
    this.#check(this.#symbols.nvmlDeviceGetCount_v2(count));
    return Array.from({ length: count[0]! }, (_, i) => this.#card(i));
  }

  [Symbol.dispose](): void {
    this.#symbols.nvmlShutdown();
    this.#library.close();
  }

  get #symbols() {
    return this.#library.symbols;
  }

  #card(index: number): NvmlCard {
    const found = new BigUint64Array(1);
    this.#check(this.#symbols.nvmlDeviceGetHandleByIndex_v2(index, found));
    const device = Deno.UnsafePointer.create(found[0]!);
    const uuid = new Uint8Array(96);
    this.#check(this.#symbols.nvmlDeviceGetUUID(device, uuid, uuid.length));
    /** What a function writes; null where it reports an error. */
    const told = <Memory extends Uint32Array | BigUint64Array>(
      name:
        | "nvmlDeviceGetUtilizationRates"
        | "nvmlDeviceGetMemoryInfo"
        | "nvmlDeviceGetPowerUsage"
        | "nvmlDeviceGetTotalEnergyConsumption",
      memory: Memory,
    ) =>
      this.#symbols[name](device, memory as BufferSource) === 0 ? memory : null;
    const scaled = (value: number | bigint | undefined, by: number) =>
      value === undefined ? null : Number(value) * by;
    return {
      uuid: new TextDecoder().decode(uuid.subarray(0, uuid.indexOf(0))),
      // nvmlUtilization_t: gpu, memory.
      busyPercent: () =>
        scaled(
          told("nvmlDeviceGetUtilizationRates", new Uint32Array(2))?.[0],
          1,
        ),
      // nvmlMemory_t: total, free, used.
      usedBytes: () =>
        scaled(told("nvmlDeviceGetMemoryInfo", new BigUint64Array(3))?.[2], 1),
      watts: () =>
        scaled(told("nvmlDeviceGetPowerUsage", new Uint32Array(1))?.[0], 1e-3),
      joules: () =>
        scaled(
          told("nvmlDeviceGetTotalEnergyConsumption", new BigUint64Array(1))
            ?.[0],
          1e-3,
        ),
    };
  }

  #check(code: number): void {
    if (code === 0) return;
    const text = this.#symbols.nvmlErrorString(code);
    const why = text && new Deno.UnsafePointerView(text).getCString();
    throw new Error(`NVML says: ${why ?? `error ${code}`}`);
  }
}
