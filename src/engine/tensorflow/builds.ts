import { readKernelFile } from "@/core/mod.ts";
import { join } from "node:path";
import type { Bill, Build, Machine, Support } from "../setup/build.ts";
import { writePythonStandIn } from "./python_stand_in.ts";

/** One version everywhere: another one is another stream of bits. */
const VERSION = "2.21.0";

const WINDOWS_LIBRARY = "tensorflow/python/_pywrap_tensorflow_common.dll";

/** TensorFlow's two libraries, which stay beside each other. */
const linuxFiles = /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/;
const macFiles = /^tensorflow\/libtensorflow_(cc|framework)\.2\.dylib$/;

/** The machines TensorFlow is packaged for, as `os architecture`. */
const bills: Readonly<Record<string, Bill>> = {
  "linux x86_64": {
    wheels: [{
      project: "tensorflow-cpu",
      version: VERSION,
      file: "tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl",
      platform: "manylinux_2_27_x86_64",
      bytes: 274_000_871,
      sha256:
        "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
      placeOf: (path) => linuxFiles.test(path) ? path : null,
    }],
    library: "tensorflow/libtensorflow_cc.so.2",
    diskBytes: 853_308_936,
  },
  "linux aarch64": {
    wheels: [{
      project: "tensorflow",
      version: VERSION,
      file: "tensorflow-2.21.0-cp312-cp312-manylinux_2_27_aarch64.whl",
      platform: "manylinux_2_27_aarch64",
      bytes: 281_946_471,
      sha256:
        "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
      placeOf: (path) => linuxFiles.test(path) ? path : null,
    }],
    library: "tensorflow/libtensorflow_cc.so.2",
    diskBytes: 883_062_208,
  },
  "darwin aarch64": {
    wheels: [{
      project: "tensorflow",
      version: VERSION,
      file: "tensorflow-2.21.0-cp312-cp312-macosx_12_0_arm64.whl",
      platform: "macosx_12_0_arm64",
      bytes: 223_488_205,
      sha256:
        "56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712",
      placeOf: (path) => macFiles.test(path) ? path : null,
    }],
    library: "tensorflow/libtensorflow_cc.2.dylib",
    diskBytes: 740_805_624,
  },
  "windows x86_64": {
    wheels: [{
      project: "tensorflow",
      version: VERSION,
      file: "tensorflow-2.21.0-cp312-cp312-win_amd64.whl",
      platform: "win_amd64",
      bytes: 350_945_509,
      sha256:
        "27ba0682572b1e50a0db1ee74cfb787eafcfdb1b751bbbf401fed62fe32a92e0",
      placeOf: (path) => path === WINDOWS_LIBRARY ? path : null,
    }],
    library: WINDOWS_LIBRARY,
    diskBytes: 1_056_636_416,
    make: (folder) => [writePythonStandIn(join(folder, WINDOWS_LIBRARY))],
  },
};

/** TensorFlow's C library, for processors. */
export const tensorflow: Build = {
  id: "tensorflow",
  engine: "tensorflow",
  title: `TensorFlow ${VERSION}`,
  version: VERSION,
  folder: `tensorflow-${VERSION}-cpu`,
  command: "deno task setup",
  instead: "Use --engine embedded, which is slower and needs no download",
  support({ os, arch }: Machine = Deno.build): Support {
    const bill = bills[`${os} ${arch}`];
    if (!bill) {
      return { reason: `TensorFlow is not packaged for ${os} on ${arch}` };
    }
    // TensorFlow ends the process where it misses these instructions.
    if (os === "linux" && arch === "x86_64" && !hasAvx()) {
      return { reason: "TensorFlow needs a processor with AVX instructions" };
    }
    return { bill };
  },
};

/** Whether this processor has AVX instructions, or does not say. */
function hasAvx(): boolean {
  if (Deno.build.os !== "linux") return true;
  const flags = /^flags\s*:(.*)$/m.exec(readKernelFile("/proc/cpuinfo") ?? "")
    ?.[1];
  return flags === undefined || flags.split(" ").includes("avx");
}
