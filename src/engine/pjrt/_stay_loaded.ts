/**
 * Keeps a library in the process for good. Deno closes what it opened when a
 * worker or a file of tests ends, while the threads of a plugin still run in it.
 */
export function stayLoaded(path: string): void {
  const LAZY = 1;
  for (const name of places[Deno.build.os] ?? []) {
    const library = Deno.dlopen(name, {
      dlopen: {
        parameters: ["buffer", "i32"],
        result: "pointer",
        optional: true,
      },
    });
    const { dlopen } = library.symbols;
    // Opened once more than it will be closed.
    const handle = dlopen?.(new TextEncoder().encode(path + "\0"), LAZY);
    library.close();
    if (handle) return;
  }
}

/** Where `dlopen` is; in the second place for a glibc before 2.34. */
const places: Partial<Record<typeof Deno.build.os, readonly string[]>> = {
  linux: ["libc.so.6", "libdl.so.2"],
  darwin: ["libSystem.B.dylib"],
};
