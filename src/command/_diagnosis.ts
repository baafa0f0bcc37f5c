import type {
  BuildStatus,
  ConvolutionTime,
  EngineFacts,
  FoundPlugin,
  MemoryUsage,
  Nvidia,
  SelfTest,
} from "@/engine/mod.ts";
import type { Unread } from "@/machine/mod.ts";
import { shortNumber, table } from "./_text.ts";

/** What this machine computes with. */
export interface Diagnosis {
  readonly versions: Readonly<Record<string, string>>;
  readonly builds: readonly BuildStatus[];
  readonly plugin: FoundPlugin | null;
  readonly nvidia: Nvidia | null;
  readonly engine: EngineFacts;
  readonly selfTest: SelfTest;
  readonly convolutions: readonly ConvolutionTime[];
  readonly memory: MemoryUsage | null;
  /** What a run would read of the machine meanwhile, and what not. */
  readonly machine: {
    readonly read: readonly string[];
    readonly unread: readonly Unread[];
  };
  readonly folders: Readonly<Record<string, string | readonly string[]>>;
}

/** What `doctor` found, for people. */
export function describeDiagnosis(found: Diagnosis): string {
  const { engine, memory, plugin, selfTest, folders } = found;
  return table([
    ...Object.entries(found.versions),
    ...found.builds.map((build) => [`set up: ${build.build}`, state(build)]),
    ["plugin", plugin ? `${plugin.path} (${plugin.from})` : "–"],
    ["cards", found.nvidia ? cards(found.nvidia) : "none of NVIDIA's"],
    ["engine", engine.engine],
    ["library", engine.libraryPath ?? "–"],
    ["devices", engine.devices.join(", ")],
    ["threads", `${engine.threads}`],
    ["graphics", engine.gpu ?? "–"],
    ...engine.notices.map((notice) => ["notice", notice]),
    ...Object.entries(folders).map(([name, folder]) => [
      `${name} folder`,
      [folder].flat().join(", "),
    ]),
    [
      "self-test",
      `${selfTest.isPassed ? "passed" : "FAILED"} in ${
        Math.round(selfTest.ms)
      } ms: gradient error ${selfTest.gradientError.toPrecision(2)}, ` +
      `${selfTest.isRepeated ? "repeats" : "does not repeat"}, weights ${
        selfTest.weightsSha256.slice(0, 16)
      }`,
    ],
    ...found.convolutions.map((time) => [
      `${time.precision} convolution`,
      speed(time, engine.gpu),
    ]),
    ...(memory
      ? [[
        "device memory",
        `${mebibytes(memory.peakBytes)} of ${
          mebibytes(memory.limitBytes)
        } MiB used by these tests`,
      ]]
      : []),
    ["read of runs", found.machine.read.join(", ")],
    ...found.machine.unread.map(({ what, why }) => [
      "not read",
      `${what}: ${why}`,
    ]),
  ]);
}

function state(build: BuildStatus): string {
  if (!build.isReady) {
    return build.unsupported ?? `not there: ${build.command}`;
  }
  return `${build.title}, ${mebibytes(build.bytes)} MiB in ${build.folder}`;
}

function cards({ driver, cards }: Nvidia): string {
  const list = cards.map(({ name, memoryMiB }) =>
    memoryMiB === null ? name : `${name} (${memoryMiB} MiB)`
  );
  return `driver ${driver}: ${list.join(", ") || "it does not tell"}`;
}

function speed(
  { ms, teraflops, expectedTeraflops }: ConvolutionTime,
  gpu: string | null,
): string {
  const took = `(${shortNumber(ms)} ms)`;
  if (gpu === null) return `${shortNumber(teraflops * 1000)} GFLOP/s ${took}`;
  const measured = `${shortNumber(teraflops)} TFLOP/s ${took}`;
  if (expectedTeraflops === null) return `${measured}; no figure for this card`;
  const least = `at least ${shortNumber(expectedTeraflops)} expected`;
  return teraflops < expectedTeraflops
    ? `SLOW: ${measured}, ${least}`
    : `${measured}, ${least}`;
}

function mebibytes(bytes: number | null): string {
  return bytes === null ? "?" : `${Math.round(bytes / 2 ** 20)}`;
}
