import { mayLoadLibraries } from "./program.ts";

/**
 * A file of Linux's kernel, such as `/proc/cpuinfo`, or null where there is
 * none. It is read by the C library, where that may be loaded: Deno gives such
 * files only to programs that may do everything.
 */
export function readKernelFile(path: string): string | null {
  if (Deno.build.os !== "linux" || !mayLoadLibraries()) return null;
  const { close, open, read } = (libc ??= openLibc()).symbols;
  const READ_ONLY = 0;
  const file = open(new TextEncoder().encode(`${path}\0`), READ_ONLY);
  if (file < 0) return null;
  try {
    const text = new TextDecoder(), piece = new Uint8Array(1 << 16);
    let whole = "";
    for (;;) {
      const count = Number(read(file, piece, BigInt(piece.length)));
      if (count <= 0) return whole + text.decode();
      whole += text.decode(piece.subarray(0, count), { stream: true });
    }
  } finally {
    close(file);
  }
}

/** Loaded once: finding it takes longer than reading a file. */
let libc: ReturnType<typeof openLibc> | undefined;

function openLibc() {
  return Deno.dlopen("libc.so.6", {
    open: { parameters: ["buffer", "i32"], result: "i32" },
    read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
    close: { parameters: ["i32"], result: "i32" },
  });
}
