import { dirname, join } from "node:path";

/**
 * The version of the cuDNN that a plugin for NVIDIA's cards loads, such as
 * "9.19.0"; null if there is none. It decides what kernels there are, and so,
 * like card and driver, bits.
 */
export function cudnnVersion(plugin: string): string | null {
  const name = "libcudnn.so.9";
  const places = ["../../nvidia", "../nvidia"]
    .map((way) => join(dirname(plugin), way, "cudnn", "lib", name));
  for (const place of [...places, name]) {
    const version = askVersion(place);
    if (version !== null) return textOf(version);
  }
  return null;
}

function askVersion(path: string): number | null {
  try {
    using library = open(path);
    return Number(library.symbols.cudnnGetVersion());
  } catch {
    return null; // not there: whoever needs it says so
  }
}

function open(path: string) {
  const library = Deno.dlopen(path, {
    cudnnGetVersion: { parameters: [], result: "usize" },
  });
  return { symbols: library.symbols, [Symbol.dispose]: () => library.close() };
}

/** 91900 is 9.19.0. */
export function textOf(version: number): string {
  const major = Math.floor(version / 10_000);
  return `${major}.${Math.floor(version % 10_000 / 100)}.${version % 100}`;
}
