/**
 * Runs `body` with the process's standard error closed to native code: as
 * TensorFlow loads, it prints that oneDNN is on, before any setting of its
 * logger can be reached. Errors of `body` are thrown as ever.
 */
export function withoutStderr<T>(body: () => T): T {
  if (Deno.build.os !== "linux") return body();
  using libc = openLibc();
  const { dup, dup2, close, open } = libc.symbols;
  const WRITE_ONLY = 1, STDERR = 2;
  const path = new TextEncoder().encode("/dev/null\0");
  const nowhere = open(path, WRITE_ONLY);
  const saved = dup(STDERR);
  dup2(nowhere, STDERR);
  try {
    return body();
  } finally {
    dup2(saved, STDERR);
    close(saved);
    close(nowhere);
  }
}

function openLibc() {
  const library = Deno.dlopen("libc.so.6", {
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
    open: { parameters: ["buffer", "i32"], result: "i32" },
  });
  return { symbols: library.symbols, [Symbol.dispose]: () => library.close() };
}
