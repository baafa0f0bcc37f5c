import { join } from "node:path";
import { cacheFolder } from "@/engine/mod.ts";
import { textAt } from "@/engine/pjrt/_memory.ts";
import { Struct } from "@/engine/pjrt/_struct.ts";
import {
  type CompileOptions,
  encodeCompileOptions,
} from "@/engine/pjrt/compile_options.ts";
import { loadPlugin } from "@/engine/pjrt/mod.ts";
import { encodeNamedValues } from "@/engine/pjrt/named_values.ts";

/**
 * Where XLA's plugin for NVIDIA's cards lies, as `setup --gpu` fetches it or as
 * `$CLEFT_CUDA_PLUGIN` names it; null if it is at neither. No card is needed to
 * compile with it.
 */
export function cudaPluginPath(): string | null {
  const places = [
    Deno.env.get("CLEFT_CUDA_PLUGIN"),
    ...["cuda13", "cuda12"].map((cuda) =>
      join(
        ...[cacheFolder(), "engine", `pjrt-${cuda}-0.11.2`, "jax_plugins"],
        ...[`xla_${cuda}`, "xla_cuda_plugin.so"],
      )
    ),
  ];
  return places.find((path) => path && isFile(path)) ?? null;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** What XLA made of a program for a card that is not here. */
export interface CompiledForCard {
  /** What a run takes of the card's memory at most. */
  readonly peakBytes: number;
  /** Its convolutions that are calls of cuDNN. */
  readonly byCudnn: number;
  /** Its convolutions that are not. */
  readonly others: number;
}

/** What XLA is told of the card, as its maker describes it. */
const h100 = `
  platform_name: "CUDA"
  device_description_str: "NVIDIA H100 80GB HBM3"
  dnn_version_info { major: 9 minor: 19 patch: 0 }
  gpu_device_info {
    name: "NVIDIA H100 80GB HBM3" device_vendor: "NVIDIA Corporation"
    cuda_compute_capability { major: 9 feature_extension: ACCELERATED_FEATURES }
    runtime_version: "13.0.0" driver_version: "13.0.0" dnn_version: "9.19.0"
    compile_time_toolkit_version: "13.0.0"
    core_count: 132 fpus_per_core: 128 clock_rate_ghz: 1.98
    threads_per_warp: 32 threads_per_core_limit: 2048
    threads_per_block_limit: 1024 device_address_bits: 64
    thread_dim_limit_x: 1024 thread_dim_limit_y: 1024 thread_dim_limit_z: 64
    block_dim_limit_x: 2147483647 block_dim_limit_y: 65535
    block_dim_limit_z: 65535
    registers_per_core_limit: 65536 registers_per_block_limit: 65536
    shared_memory_per_core: 233472 shared_memory_per_block: 49152
    shared_memory_per_block_optin: 232448
    l2_cache_size: 52428800 memory_bandwidth: 3352320000000
    device_memory_size: 84942979072
  }`;

// Places of functions that only this needs, and what their structs give.
const TOPOLOGY_CREATE = 82, COMPILE = 89;
const OPTIMIZED_PROGRAM = 48, MEMORY_STATS = 96;
const ERROR_MESSAGE = 1, PEAK = 11;

/** XLA as it compiles for H100s, which need not be here: it times no kernels. */
export class CardCompiler {
  #view: Deno.UnsafePointerView;
  #topology: bigint;

  /** Loads the plugin for NVIDIA's cards, to compile for some of them. */
  constructor(path: string, { devices = 1 }: { devices?: number } = {}) {
    loadPlugin(path);
    const { symbols } = Deno.dlopen(path, {
      GetPjrtApi: { parameters: [], result: "pointer" },
    });
    this.#view = new Deno.UnsafePointerView(symbols.GetPjrtApi()!);
    const topology = `1x1x${devices}`; // in one machine
    const name = new TextEncoder().encode(topology);
    const { list, kept } = encodeNamedValues({
      topology,
      target_config: h100,
    });
    const made = this.#call(TOPOLOGY_CREATE, [name, name.length, list, 2, 0n]);
    this.#topology = made.get(4);
    kept.length = 0;
  }

  /**
   * Compiles a program in StableHLO.
   *
   * @throws {Error} In the compiler's words, if it takes the program or a flag
   * not.
   */
  compile(text: string, options: CompileOptions = {}): CompiledForCard {
    const encoder = new TextEncoder();
    const code = encoder.encode(text), format = encoder.encode("mlir");
    const program = new Struct([code, code.length, format, format.length]);
    const encoded = encodeCompileOptions(options);
    const executable = this.#call(COMPILE, [
      ...[this.#topology, program, encoded, encoded.length, 0n, 0n],
    ]).get(5);
    const peak = this.#call(MEMORY_STATS, [
      ...[executable, ...new Array(12).fill(0n)],
    ]).get(PEAK);
    const optimized = this.#optimized(executable);
    return {
      peakBytes: Number(peak),
      byCudnn: optimized.split("__cudnn$conv").length - 1,
      // The name of an operation is field 2 of its message, with its length.
      others: optimized.split("\x12\x0bconvolution").length - 1,
    };
  }

  #optimized(executable: bigint): string {
    const program = new Struct([0n, 0n, 0n, 0n]);
    this.#call(OPTIMIZED_PROGRAM, [executable, program]);
    const bytes = new Uint8Array(Number(program.get(1)));
    program.set(0, bytes);
    this.#call(OPTIMIZED_PROGRAM, [executable, program]);
    return new TextDecoder("latin1").decode(bytes);
  }

  #call(at: number, fields: ConstructorParameters<typeof Struct>[0]): Struct {
    const struct = new Struct(fields);
    const error = this.#function(at, "pointer").call(struct.pointer);
    if (error === null) return struct;
    const told = new Struct([Deno.UnsafePointer.value(error), 0n, 0n]);
    this.#function(ERROR_MESSAGE, "void").call(told.pointer);
    throw new Error(textAt(told.get(1), told.get(2)));
  }

  #function<R extends "pointer" | "void">(at: number, result: R) {
    const address = this.#view.getBigUint64(40 + 8 * at);
    const definition = { parameters: ["pointer"], result } as const;
    return new Deno.UnsafeFnPointer(
      Deno.UnsafePointer.create<typeof definition>(address)!,
      definition,
    );
  }
}
