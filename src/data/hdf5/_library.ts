import type { h5wasm } from "h5wasm/node";

/** h5wasm, as its `node` entry exports it. */
export type Hdf5Library = typeof h5wasm;

let library: Promise<Hdf5Library> | undefined;

/**
 * Loads h5wasm once per thread, with errors thrown. Without the throwing
 * handler, damaged chunks are returned as numbers and nobody is told.
 */
export function hdf5Library(): Promise<Hdf5Library> {
  return library ??= load();
}

async function load(): Promise<Hdf5Library> {
  const { default: h5 } = await import("h5wasm/node");
  (await h5.ready).activate_throwing_error_handler();
  return h5;
}

/** What went wrong in a few words, such as `inflate() failed`: the innermost
 * sentence of HDF5's error stack, or what the operating system said. */
export function hdf5Reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [, system] = /error message = '([^']+)'/.exec(text) ?? [];
  const frames = [...text.matchAll(/#\d+: .*? in \w+\(\): (.*)/g)];
  return system ?? frames.at(-1)?.[1] ?? text.split("\n", 1)[0]!;
}
