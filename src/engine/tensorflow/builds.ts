import type { Bill, Build, Machine, Support } from "../setup/build.ts";

/** One version everywhere: another one is another stream of bits. */
const VERSION = "2.21.0";

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
      placeOf: linuxLibrary,
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
      placeOf: linuxLibrary,
    }],
    library: "tensorflow/libtensorflow_cc.so.2",
    diskBytes: 883_062_208,
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

/** TensorFlow's two libraries, which stay beside each other. */
function linuxLibrary(path: string): string | null {
  return /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(path)
    ? path
    : null;
}

/** Whether this processor has AVX instructions, or does not say. */
function hasAvx(): boolean {
  if (Deno.build.os !== "linux") return true;
  const flags = /^flags\s*:(.*)$/m.exec(
    Deno.readTextFileSync("/proc/cpuinfo"),
  )?.[1];
  return flags === undefined || flags.split(" ").includes("avx");
}
