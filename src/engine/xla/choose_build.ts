import { ExperimentError } from "@/core/mod.ts";
import { forSeveralCards, pjrtCuda12, pjrtCuda13 } from "../pjrt/builds.ts";
import type { Build, Machine } from "../setup/build.ts";
import type { Nvidia } from "./cards.ts";

/** The builds by preference, with the first drivers that they work with. */
const choices = [
  { build: pjrtCuda13, cuda: 13, fromDriver: 580 },
  { build: pjrtCuda12, cuda: 12, fromDriver: 525 },
];

/** The first driver that a version of CUDA works with; null where we do not know. */
export function leastDriverFor(cuda: number): number | null {
  return choices.find((choice) => choice.cuda === cuda)?.fromDriver ?? null;
}

/** What cuDNN has kernels for: Turing and later. */
const LEAST_CAPABILITY = 7.5;

const other = "or name the plugin of another accelerator by --plugin PATH";

/**
 * Which plugin a machine with this driver takes: the one for CUDA 13 if the
 * driver knows it, else the one for CUDA 12.
 *
 * @throws {ExperimentError} If there is no driver, if it or every card is too
 * old, or if there are no plugins for such machines.
 */
export function chooseBuild(
  nvidia: Nvidia | null,
  machine: Machine = Deno.build,
): Build {
  const here = choices.filter(({ build }) => build.support(machine).bill);
  if (here.length === 0) throw noPlugin(machine);
  if (!nvidia) throw noDriver();
  const { driver, cards } = nvidia;
  const major = Number.parseInt(driver);
  const chosen = here.find(({ fromDriver }) => major >= fromDriver);
  if (!chosen) throw oldDriver(driver, here);
  const told = cards.filter(({ capability }) => capability !== null);
  const isOld = told.length > 0 &&
    told.every(({ capability }) => capability! < LEAST_CAPABILITY);
  if (isOld) throw oldCard(told[0]!.name);
  return cards.length > 1 ? forSeveralCards(chosen.build) : chosen.build;
}

function noPlugin({ os, arch }: Machine): ExperimentError {
  return new ExperimentError(
    `Cannot set up a graphics processor: XLA's plugins for NVIDIA's cards are not packaged for ${os} on ${arch}`,
    {
      where: `${os} ${arch}`,
      fix: os === "windows"
        ? "Use Cleft inside the Windows Subsystem for Linux"
        : `Use --engine tensorflow, ${other}`,
    },
  );
}

function noDriver(): ExperimentError {
  return new ExperimentError(
    "Cannot set up a graphics processor as there is no driver of NVIDIA's that works",
    {
      where: "nvidia-smi and /proc/driver/nvidia/version",
      fix: `Install NVIDIA's driver ${
        choices[0]!.fromDriver
      } or later, ${other}`,
    },
  );
}

function oldDriver(
  driver: string,
  here: readonly { readonly fromDriver: number }[],
): ExperimentError {
  const least = Math.min(...here.map(({ fromDriver }) => fromDriver));
  return new ExperimentError(
    `Cannot set up the graphics processor as its driver ${driver} is too old`,
    {
      where: "nvidia-smi and /proc/driver/nvidia/version",
      fix: `Update NVIDIA's driver to ${choices[0]!.fromDriver} or later` +
        (least < choices[0]!.fromDriver ? `, or at least to ${least}` : ""),
    },
  );
}

function oldCard(name: string): ExperimentError {
  return new ExperimentError(
    `Cannot set up the card "${name}" as it is too old: cuDNN has no kernels for it`,
    {
      where: "nvidia-smi",
      fix: `Use a card of compute capability ${LEAST_CAPABILITY} or more, or` +
        " --engine tensorflow",
    },
  );
}
