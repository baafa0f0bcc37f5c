import type { Group, h5wasm, Module } from "h5wasm/node";

/** h5wasm, as its `node` entry exports it. */
export type Hdf5Library = typeof h5wasm;

/** The functions below its classes. */
export type Hdf5Module = typeof Module;

let library: Promise<Hdf5Library> | undefined;
let loaded = 0;

/**
 * Loads h5wasm once per thread, with errors thrown. Without the throwing
 * handler, damaged chunks are returned as numbers and nobody is told.
 */
export function hdf5Library(): Promise<Hdf5Library> {
  return library ??= load(loaded++);
}

/**
 * Whether the library itself broke down over a file, as it does over texts whose
 * place is damaged. What is opened from now on is opened by a fresh one: in one
 * that broke down, sound files fail too after a while.
 */
export function brokeDown(error: unknown): boolean {
  if (!(error instanceof WebAssembly.RuntimeError)) return false;
  library = undefined;
  return true;
}

async function load(times: number): Promise<Hdf5Library> {
  const { error } = console;
  // The library keeps this to say that it breaks down, which errors say too.
  console.error = (...words) => {
    if (!/^Aborted\(|^Cannot enlarge memory/.test(`${words[0]}`)) {
      error(...words);
    }
  };
  try {
    const { default: h5 } = times === 0
      ? await import("h5wasm/node")
      : await import(`${import.meta.resolve("h5wasm/node")}?${times}`);
    (await h5.ready).activate_throwing_error_handler();
    return h5;
  } finally {
    console.error = error;
  }
}

/** The address of an object's header. */
export function headerOf(
  { file_id, path }: Pick<Group, "file_id" | "path">,
  module: Hdf5Module,
): number {
  const reference = Uint8Array.from(
    module.create_object_reference(file_id, path),
  );
  return Number(new DataView(reference.buffer).getBigUint64(0, true));
}

/** What the operating system said, if it is what HDF5 failed by. */
export function systemRefusal(error: unknown): string | undefined {
  return /error message = '([^']+)'/.exec(textOf(error))?.[1];
}

/**
 * What went wrong in a few words, such as `inflate() failed`: the innermost
 * sentence of HDF5's error stack, or what the operating system said.
 */
export function hdf5Reason(error: unknown): string {
  const text = textOf(error);
  const frames = [...text.matchAll(/#\d+: .*? in \w+\(\): (.*)/g)];
  return systemRefusal(error) ?? frames.at(-1)?.[1] ?? text.split("\n", 1)[0]!;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
