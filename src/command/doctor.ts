import type { Engine, EngineRequest } from "@/engine/mod.ts";
import type { Watched } from "@/machine/mod.ts";
import { cleftVersion, ExperimentError } from "@/core/mod.ts";
import { checkOfRecords } from "./_check_records.ts";
import { defineCommand } from "./_command.ts";
import { type CommandContext, dataRoots, resultsFolder } from "./_context.ts";
import { describeDiagnosis, type Diagnosis } from "./_diagnosis.ts";
import { damageLines, enginesHere } from "./_engines_here.ts";
import { dataOption, jsonOption, oneOf, resultsOption } from "./_options.ts";

/** Tells what a run would compute with here, and tests it. */
export const doctor = defineCommand({
  name: "doctor",
  summary: "Tell what computes here, where things are, and test it",
  positionals: [],
  options: {
    records: { summary: "look through the records instead, for damage" },
    output: {
      value: "FILE",
      path: "newFile",
      endings: [".sqlite"],
      summary: "with --records: save what can be read to a new database",
    },
    engine: {
      value: "ENGINE",
      summary: "what to test; by default, what a run would take",
    },
    ...jsonOption,
    ...dataOption,
    ...resultsOption,
  },
  notes: "Downloads nothing: TensorFlow is tested only if it is there.\n" +
    "--records changes nothing that is there. Saved to a file runs.sqlite in a\n" +
    "new folder, the records are used from there by --results.",
  async run({ options }, context) {
    if (options.records) return await checkOfRecords(options, context);
    if (options.output !== undefined) throw onlyWithRecords(options.output);
    const found = await diagnose(options, context);
    context.print(
      options.json ? JSON.stringify(found, null, 2) : describeDiagnosis(found),
    );
    return found.selfTest.isPassed ? 0 : 1;
  },
});

function onlyWithRecords(output: string): ExperimentError {
  return new ExperimentError(
    "Cannot write what is found: --output is for --records",
    { where: `--output ${output}`, fix: "Add --records, or leave it out" },
  );
}

async function diagnose(
  options: {
    readonly engine?: string | undefined;
    readonly results?: string | undefined;
    readonly "data-root": readonly string[];
  },
  context: CommandContext,
): Promise<Diagnosis> {
  const { cacheFolder, engineNames, engineStatus, findNvidia, findPlugin } =
    await import("@/engine/mod.ts");
  const name = oneOf(options.engine, {
    option: "engine",
    words: ["auto", ...engineNames],
  });
  const { facts, ...findings } = await examine(name, context);
  return {
    versions: {
      cleft: cleftVersion,
      deno: Deno.version.deno,
      v8: Deno.version.v8,
      ...facts.versions,
    },
    builds: engineStatus(),
    plugin: findPlugin({ isExplicit: name === "pjrt" }),
    nvidia: findNvidia(),
    engine: facts,
    ...findings,
    machine: await readMachine({
      cards: facts.gpu === null ? 0 : 1,
      folder: context.projectFolder,
    }),
    folders: {
      project: context.projectFolder,
      results: resultsFolder(options, context),
      data: dataRoots(options, context),
      cache: cacheFolder(),
    },
  };
}

/** What runs can read of the machine. */
async function readMachine(watched: Watched): Promise<Diagnosis["machine"]> {
  const { machineNumbers, machineSources, MachineWatch } = await import(
    "@/machine/mod.ts"
  );
  using watch = new MachineWatch(machineSources, watched);
  watch.read();
  const told = watch.take();
  return {
    read: machineNumbers().filter(({ name }) => name in told)
      .map(({ label }) => label),
    unread: watch.unread,
  };
}

/** Tests an engine, and times it with each precision that it has. */
async function examine(name: EngineRequest["engine"], context: CommandContext) {
  const { precisionNames, selfTest, timeConvolution } = await import(
    "@/engine/mod.ts"
  );
  const tested = async () => {
    using engine = await openHere(name, "fp32", context);
    return {
      facts: engine.facts,
      selfTest: selfTest(engine),
      convolutions: [await timeConvolution(engine)],
      memory: engine.usage(),
    };
  };
  const found = await tested(), { engine, gpu } = found.facts;
  if (gpu === null) return found; // its speed is no reason to use it
  for (const precision of precisionNames) {
    if (precision === "fp32") continue;
    using again = await openHere(engine, precision, context);
    found.convolutions.push(await timeConvolution(again));
    found.memory = again.usage();
  }
  return found;
}

/** Opens an engine; `auto` takes the best that needs no download. */
async function openHere(
  name: EngineRequest["engine"],
  precision: EngineRequest["precision"],
  { note }: CommandContext,
): Promise<Engine> {
  const { checkBuilds, findPlugin, isNativeReady, openEngine } = await import(
    "@/engine/mod.ts"
  );
  const open = (engine: EngineRequest["engine"]) =>
    openEngine({
      engine,
      threads: 0,
      precision,
      eager: false,
      notify: note,
    });
  if (name !== "auto") return await open(name);
  const checks = await checkBuilds({ isThorough: false });
  for (const line of damageLines(checks)) note(line);
  const [first, otherwise] = enginesHere({
    checks,
    isNative: isNativeReady(),
    hasPlugin: findPlugin({ isExplicit: false }) !== null,
  });
  try {
    return await open(first);
  } catch (error) {
    if (!otherwise || !(error instanceof ExperimentError)) throw error;
    note(error.message);
    return await open(otherwise);
  }
}
