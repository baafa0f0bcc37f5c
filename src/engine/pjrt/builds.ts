import type { Bill, Build, Machine, Support } from "../setup/build.ts";

const CPU_VERSION = "2026.6.23";

/** The machines there is a plugin for the processor for, as `os architecture`. */
const cpuBills: Readonly<Record<string, Bill>> = {
  "linux x86_64": {
    wheels: [{
      project: "fastatomstruct-xla-cpu",
      version: CPU_VERSION,
      file: "fastatomstruct_xla_cpu-2026.6.23-py3-none-manylinux_2_27_x86_64" +
        ".whl",
      platform: "manylinux_2_27_x86_64",
      bytes: 63_200_622,
      sha256:
        "88b1c430b341b4bea40a37420311c9c75db6e22b46d2ff95b6986577bee6afe9",
      placeOf: (path) =>
        path.endsWith("/libpjrt_cpu.so") ? "libpjrt_cpu.so" : null,
    }],
    library: "libpjrt_cpu.so",
    diskBytes: 273_768_800,
  },
};

/** XLA for the processor, slower than TensorFlow there: what tests run on. */
export const pjrtCpu: Build = {
  id: "pjrt-cpu",
  engine: "pjrt",
  title: `XLA for the processor ${CPU_VERSION}`,
  version: CPU_VERSION,
  folder: `pjrt-cpu-${CPU_VERSION}`,
  command: "deno task setup --plugin cpu",
  instead: "Use --engine tensorflow, which is faster on processors",
  support({ os, arch }: Machine = Deno.build): Support {
    const bill = cpuBills[`${os} ${arch}`];
    if (bill) return { bill };
    return {
      reason: `XLA for the processor is not packaged for ${os} on ${arch}`,
    };
  },
};
