import type { Bill, Build, Machine, Support } from "../setup/build.ts";
import type { Wheel } from "../setup/wheel.ts";
import { cuda12X86, cuda13Arm, cuda13X86, nccl } from "./cuda_wheels.ts";

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
  support: (machine = Deno.build) => supportBy(cpuBills, machine),
};

/** The version of both plugins for NVIDIA's cards. */
const CUDA_VERSION = "0.11.2";

const cudaBills = {
  cuda13: {
    "linux x86_64": bill(cuda13X86, 1_653_685_620),
    "linux aarch64": bill(cuda13Arm, 1_735_834_756),
  },
  cuda12: {
    "linux x86_64": bill(cuda12X86, 2_498_200_040),
  },
} as const;

/** XLA for NVIDIA's cards by CUDA 13. */
export const pjrtCuda13: Build = cudaBuild(13, cudaBills.cuda13);

/** XLA for NVIDIA's cards by CUDA 12, for older drivers. */
export const pjrtCuda12: Build = cudaBuild(12, cudaBills.cuda12);

/** A build for NVIDIA's cards with what several of them need besides. */
export function forSeveralCards(build: Build): Build {
  return {
    ...build,
    support(machine = Deno.build) {
      const { bill, reason } = build.support(machine);
      if (!bill) return { reason };
      const { wheel, diskBytes } = nccl[`${build.id} ${machine.arch}`]!;
      return {
        bill: {
          ...bill,
          wheels: [...bill.wheels, wheel],
          diskBytes: bill.diskBytes + diskBytes,
        },
      };
    },
  };
}

function cudaBuild(
  cuda: 12 | 13,
  bills: Readonly<Record<string, Bill>>,
): Build {
  return {
    id: `pjrt-cuda${cuda}`,
    engine: "pjrt",
    title: `XLA for NVIDIA's cards ${CUDA_VERSION} (CUDA ${cuda})`,
    version: CUDA_VERSION,
    folder: `pjrt-cuda${cuda}-${CUDA_VERSION}`,
    command: "deno task setup --gpu",
    instead: "Name a plugin that is there by --plugin PATH, or use --engine" +
      " tensorflow",
    support: (machine = Deno.build) => supportBy(bills, machine),
  };
}

/** A bill whose first wheel has the plugin. */
function bill(wheels: readonly Wheel[], diskBytes: number): Bill {
  const [, cuda] = /-cuda(\d+)-/.exec(wheels[0]!.project)!;
  const library = `jax_plugins/xla_cuda${cuda}/xla_cuda_plugin.so`;
  return { wheels, library, diskBytes };
}

function supportBy(
  bills: Readonly<Record<string, Bill>>,
  { os, arch }: Machine,
): Support {
  const bill = bills[`${os} ${arch}`];
  return bill
    ? { bill }
    : { reason: `it is not packaged for ${os} on ${arch}` };
}
