import { dirname, join } from "node:path";
import { PeFile } from "./pe_file.ts";
import { makeStandIn } from "./stand_in.ts";

/** Python's library, which TensorFlow's for Windows was linked with. */
const PYTHON = "python312.dll";

/**
 * Puts a stand-in for Python's library beside TensorFlow's for Windows, which
 * does not load without one, though its C API calls nothing of it.
 *
 * @returns The stand-in's file.
 */
export function writePythonStandIn(libraryPath: string): string {
  using library = new PeFile(libraryPath);
  const names = library.imports().get(PYTHON) ?? [];
  const isVariable = (name: string) => /^PyExc_|_Type$|Struct$/.test(name);
  const path = standInPath(libraryPath);
  Deno.writeFileSync(
    path,
    makeStandIn({
      name: PYTHON,
      functions: names.filter((name) => !isVariable(name)),
      variables: names.filter(isVariable),
    }),
  );
  return path;
}

/**
 * Loads the stand-in beside TensorFlow's library. Windows takes a library that
 * is loaded for any other of its name.
 */
export function loadPythonStandIn(libraryPath: string): void {
  Deno.dlopen(standInPath(libraryPath), {});
}

function standInPath(libraryPath: string): string {
  return join(dirname(libraryPath), PYTHON);
}
