/**
 * Keeps a library in the process for good. Deno closes what it opened when a
 * worker or a file of tests ends, while the threads of a plugin still run in it.
 */
export function stayLoaded(path: string): void {
  const names: Partial<Record<typeof Deno.build.os, string>> = {
    linux: "libc.so.6",
    darwin: "libSystem.B.dylib",
  };
  const name = names[Deno.build.os];
  if (!name) return;
  const libc = Deno.dlopen(name, {
    dlopen: { parameters: ["buffer", "i32"], result: "pointer" },
  });
  const LAZY = 1;
  // Opened once more than it will be closed.
  libc.symbols.dlopen(new TextEncoder().encode(path + "\0"), LAZY);
  libc.close();
}
