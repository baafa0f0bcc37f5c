import type { BuildStatus, EngineFacts, SelfTest } from "@/engine/mod.ts";
import { cleftVersion, ExperimentError } from "@/core/mod.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, dataRoots, resultsFolder } from "./_context.ts";
import { dataOption, jsonOption, resultsOption } from "./_options.ts";
import { table } from "./_text.ts";

/** What this machine computes with. */
interface Diagnosis {
  readonly versions: Readonly<Record<string, string>>;
  readonly builds: readonly BuildStatus[];
  readonly engine: EngineFacts;
  readonly selfTest: SelfTest;
  readonly folders: Readonly<Record<string, string | readonly string[]>>;
}

/** Tells what a run would compute with here, and tests it. */
export const doctor = defineCommand({
  name: "doctor",
  summary: "Tell what computes here, where things are, and test it",
  positionals: [],
  options: {
    engine: {
      value: "ENGINE",
      summary: "the engine to test: auto (default), tensorflow or embedded",
    },
    ...jsonOption,
    ...dataOption,
    ...resultsOption,
  },
  notes:
    "Downloads nothing: auto takes the native library only if it is there.",
  async run({ options }, context) {
    const found = await diagnose(options, context);
    context.print(
      options.json ? JSON.stringify(found, null, 2) : describe(found),
    );
    return found.selfTest.isPassed ? 0 : 1;
  },
});

async function diagnose(
  options: {
    readonly engine?: string | undefined;
    readonly results?: string | undefined;
    readonly "data-root": readonly string[];
  },
  context: CommandContext,
): Promise<Diagnosis> {
  const { cacheFolder, engineStatus, isNativeReady, openEngine, selfTest } =
    await import("@/engine/mod.ts");
  const builds = engineStatus();
  const isReady = isNativeReady();
  using engine = await openEngine({
    engine: engineNamed(options.engine, isReady),
    threads: 0,
    precision: "fp32",
    eager: false,
    notify: context.note,
  });
  return {
    versions: {
      cleft: cleftVersion,
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      ...engine.facts.versions,
    },
    builds,
    engine: engine.facts,
    selfTest: selfTest(engine),
    folders: {
      project: context.projectFolder,
      results: resultsFolder(options, context),
      data: dataRoots(options, context),
      cache: cacheFolder(),
    },
  };
}

function engineNamed(
  name: string | undefined,
  isReady: boolean,
): "tensorflow" | "embedded" {
  if (name === "tensorflow" || name === "embedded") return name;
  if (name === undefined || name === "auto") {
    return isReady ? "tensorflow" : "embedded";
  }
  throw new ExperimentError(`Cannot test the engine "${name}"`, {
    where: `--engine ${name}`,
    fix: 'Write "auto", "tensorflow" or "embedded"',
  });
}

function describe(found: Diagnosis): string {
  const { engine, selfTest, folders } = found;
  const builds = found.builds.map((build) => [
    build.build,
    build.isReady
      ? `${build.title}, ${
        Math.round(build.bytes / 2 ** 20)
      } MiB in ${build.folder}`
      : build.unsupported ?? `not set up: ${build.command}`,
  ]);
  return table([
    ...Object.entries(found.versions),
    ...builds,
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
  ]);
}
