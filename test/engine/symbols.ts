/**
 * Checks that the libraries for systems that we cannot run have every function
 * of TensorFlow's C API that we call: fetches their wheels, unpacks them as setup
 * does, and reads the tables of the files.
 *
 *     deno run -A test/engine/symbols.ts FOLDER
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fill, findSources } from "@/engine/setup/install.ts";
import { readInventory } from "@/engine/setup/ready.ts";
import { tensorflow } from "@/engine/tensorflow/builds.ts";
import { PeFile } from "@/engine/tensorflow/pe_file.ts";
import { symbols } from "@/engine/tensorflow/symbols.ts";
import { machOExports } from "./mach_o.ts";

const machines = [
  { os: "darwin", arch: "aarch64" },
  { os: "windows", arch: "x86_64" },
];
const cache = Deno.args[0]!;
let isComplete = true;
for (const machine of machines) {
  const bill = tensorflow.support(machine).bill!;
  const folder = join(cache, machine.os);
  if (!readInventory(folder)) {
    const target = { title: tensorflow.title, folder };
    await fill(target, { bill, sources: await findSources() }, {
      notify: console.error,
    });
  }
  const { files } = readInventory(folder)!;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const library = join(folder, bill.library);
  const exported = new Set(
    machine.os === "darwin" ? macNames(library) : windowsNames(library),
  );
  const wanted = Object.entries(symbols);
  const missing = wanted.filter(([name]) => !exported.has(name));
  const needed = missing.filter(([, symbol]) => !("optional" in symbol));
  isComplete &&= needed.length === 0;
  console.log(
    `${machine.os} ${machine.arch}: ${wanted.length - missing.length} of ` +
      `${wanted.length} functions, ${bytes} bytes on the disk; missing: ` +
      (missing.map(([name]) => name).join(", ") || "none") +
      `; needed of them: ${needed.length}`,
  );
}
Deno.exit(isComplete ? 0 : 1);

/** The names in a library of macOS and in the one beside it that it loads. */
function macNames(library: string): string[] {
  const framework = join(dirname(library), "libtensorflow_framework.2.dylib");
  return [...machOExports(library), ...machOExports(framework)];
}

function windowsNames(library: string): string[] {
  using file = new PeFile(library);
  return file.exports();
}
