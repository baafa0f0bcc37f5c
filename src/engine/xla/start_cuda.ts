/** Something that is wrong, and what to do about it. */
export interface Fault {
  /** What is wrong, as a part of a sentence. */
  readonly reason: string;
  /** What to do. */
  readonly fix: string;
}

/**
 * What keeps NVIDIA's driver from starting CUDA in this process; null if it
 * starts. Plugins say no more than that they see no device.
 */
export function cudaFault(name = "libcuda.so.1"): Fault | null {
  let library;
  try {
    library = Deno.dlopen(name, {
      cuInit: { parameters: ["u32"], result: "i32" },
      cuGetErrorString: { parameters: ["i32", "buffer"], result: "i32" },
    });
  } catch {
    return {
      reason: `the driver's library ${name} cannot be loaded`,
      fix:
        "Install all of NVIDIA's driver; a container has to be given it with" +
        " the card (docker run --gpus all)",
    };
  }
  const { cuInit, cuGetErrorString } = library.symbols;
  const code = cuInit(0);
  if (code === 0) return null; // it is started, and stays loaded
  const text = new BigUint64Array(1);
  cuGetErrorString(code, text);
  const told = Deno.UnsafePointer.create(text[0]!);
  const words = told && new Deno.UnsafePointerView(told).getCString();
  library.close();
  return {
    reason: `CUDA does not start: ${words ?? "unknown error"} (${code})`,
    fix:
      "See whether nvidia-smi works; after an update of the driver, restart" +
      " the machine",
  };
}
