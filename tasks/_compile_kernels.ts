import asc from "assemblyscript/asc";
import { fileURLToPath } from "node:url";

/** The folder of the sources and of what is made of them. */
export const kernelsFolder: string = fileURLToPath(
  new URL("../src/core/simd", import.meta.url),
);

/**
 * Compiles the kernels: SIMD without its relaxed part, whose results differ
 * between processors, and neither runtime nor garbage collection.
 */
export async function compileKernels(): Promise<Uint8Array> {
  let wasm: Uint8Array | undefined;
  const messages = asc.createMemoryStream();
  const { error } = await asc.main([
    "kernels/index.ts",
    ...["--outFile", "kernels.wasm"],
    ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge"],
    ...["--runtime", "stub", "--noAssert"],
    ...["--enable", "simd", "--initialMemory", "1"],
  ], {
    stdout: messages,
    stderr: messages,
    readFile: (name) => readText(`${kernelsFolder}/${name}`),
    writeFile(_name, content) {
      if (typeof content !== "string") wasm = content;
    },
    listFiles: () => [],
  });
  if (error || !wasm) {
    throw new Error(`Cannot compile the kernels:\n${messages}`, {
      cause: error,
    });
  }
  return wasm;
}

/** The content of a file, null where there is none. */
function readText(path: string): string | null {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
