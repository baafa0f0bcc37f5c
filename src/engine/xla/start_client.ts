import { ExperimentError } from "@/core/mod.ts";
import { Client, PjrtError, type Plugin } from "../pjrt/mod.ts";
import { findDriver } from "./cards.ts";
import { leastDriverFor } from "./choose_build.ts";
import { cudaFault, type Fault } from "./start_cuda.ts";

/**
 * Starts a plugin; memory of NVIDIA's cards is taken as it is needed.
 *
 * @throws {ExperimentError} If it has no device that works, with the reason as
 * far as it can be found out.
 */
export function startClient(plugin: Plugin): Client {
  const cuda = cudaOf(plugin);
  try {
    return new Client(
      plugin,
      cuda === null ? {} : { preallocate: false, memory_fraction: 0.95 },
    );
  } catch (error) {
    if (!(error instanceof PjrtError)) throw error;
    const found = cuda === null
      ? null
      : faultOf(findDriver(), cuda) ?? cudaFault();
    throw new ExperimentError(
      `Cannot start the PJRT plugin: ${
        found?.reason ?? error.message.split("\n")[0]!
      }`,
      {
        where: plugin.path,
        fix: found?.fix ??
          "See whether the device and its driver work (nvidia-smi) and are" +
            " given to this process (CUDA_VISIBLE_DEVICES), or use --engine" +
            " tensorflow",
        cause: error,
      },
    );
  }
}

/** The version of CUDA that a plugin is for, such as 13; null if it is for others. */
export function cudaOf(
  { attributes, path }: Pick<Plugin, "attributes" | "path">,
): number | null {
  const told = attributes.cuda_version; // such as 13000n
  if (typeof told === "bigint") return Number(told) / 1000 | 0;
  const named = /cuda(\d+)?/.exec(path);
  return named && Number(named[1] ?? 0);
}

/** What is wrong with NVIDIA's driver for a plugin of some CUDA; null if nothing is. */
export function faultOf(
  driver: string | null,
  cuda: number,
): Fault | null {
  const least = leastDriverFor(cuda);
  const orLater = least === null ? "" : ` ${least} or later`;
  if (driver === null) {
    return {
      reason: "there is no driver of NVIDIA's that works",
      fix: `Install NVIDIA's driver${orLater}, or use --engine tensorflow`,
    };
  }
  if (least === null || Number.parseInt(driver) >= least) return null;
  return {
    reason: `NVIDIA's driver ${driver} is too old for CUDA ${cuda}`,
    fix: `Update it to${orLater}, or take a plugin for an older CUDA` +
      " (deno task setup --gpu)",
  };
}
