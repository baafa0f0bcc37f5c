import { ExperimentError, sha256Hex } from "@/core/mod.ts";
import { findFile } from "@/data/mod.ts";
import type { Network } from "@/model/mod.ts";
import { openRecords, type Run, type RunInput } from "@/record/mod.ts";
import {
  decodeSafetensors,
  openCheckpoint,
  type Safetensors,
  weightsFrom,
} from "@/train/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { bestCheckpoint, lastCheckpoint } from "./checkpoints.ts";
import { runNamed } from "./report.ts";
import type { RunContext } from "./context.ts";
import type { DataPlace } from "./volumes.ts";

/** The role of the file, among a run's inputs, that its weights come from. */
const role = "init";

/** What a network begins with that is not drawn. */
export interface InitialWeights {
  /** Numbers by the weight's name. */
  readonly given: ReadonlyMap<string, Float32Array>;
  /** Where they come from, as a run records it. */
  readonly inputs: readonly RunInput[];
  /** What the log should say of it. */
  readonly notes: readonly string[];
}

/** A file with weights, in memory. */
interface Source {
  readonly input: RunInput;
  readonly file: Safetensors;
}

/**
 * Reads the weights that an experiment begins with; for a run to repeat, those
 * of the run that it took them from, even if there is a later one by now.
 *
 * @throws {ExperimentError} If there are none, or they do not fit the network.
 */
export async function loadInitialWeights(
  { init }: Spec,
  network: Network,
  { context, before }: {
    readonly context: RunContext;
    readonly before?: Run | undefined;
  },
): Promise<InitialWeights> {
  const source = await openSource(init, context, before);
  if (!source) return { given: new Map(), inputs: [], notes: [] };
  const { input, file } = source;
  const { given, unused } = weightsFrom(file, network, {
    skip: init.skip,
    where: input.path,
  });
  const drawn = network.weights.map(({ name }) => name)
    .filter((name) => !given.has(name));
  const list = (what: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
  return {
    given,
    inputs: [input],
    notes: [
      `began with ${given.size} weights of ${input.path}`,
      ...list("drawn anew", drawn),
      ...list("not used of it", unused),
    ],
  };
}

/**
 * The file that an experiment begins with, if there is one, as a run records it.
 *
 * @throws {ExperimentError} If it cannot be read.
 */
export async function initialInputs(
  { init }: Spec,
  context: InitialPlace,
): Promise<readonly RunInput[]> {
  const source = await openSource(init, context);
  return source ? [source.input] : [];
}

/** Where weights to begin with are looked for. */
export type InitialPlace = DataPlace & Pick<RunContext, "resultsFolder">;

async function openSource(
  init: Spec["init"],
  context: InitialPlace,
  before?: Run,
): Promise<Source | null> {
  if (init.file) return await readWeightFile(init.file, context);
  return init.run ? readRunWeights(init, context, before) : null;
}

async function readWeightFile(
  file: string,
  context: InitialPlace,
): Promise<Source> {
  const path = await findFile(file, { ...context, where: "init.file" });
  const bytes = await Deno.readFile(path);
  const damaged = (what: string, cause?: unknown) =>
    new ExperimentError(`Cannot read weights: ${what}`, {
      where: path,
      fix: "Name a safetensors file of 32-bit floating-point numbers",
      cause,
    });
  const weights = decodeSafetensors(bytes, damaged);
  return sourceOf({ path, run: null }, bytes, weights);
}

function readRunWeights(
  { run: named, weights }: Spec["init"],
  { resultsFolder }: InitialPlace,
  before: Run | undefined,
): Source {
  using records = openRecords(resultsFolder, { readOnly: true });
  const taken = before?.inputs.find((input) => input.role === role);
  const { id } = taken ? records.run(taken.run!) : runNamed(records, named!);
  const names = new Set(records.artifacts(id).map(({ name }) => name));
  const name = weights === "best" && names.has(bestCheckpoint)
    ? bestCheckpoint
    : lastCheckpoint;
  if (!names.has(name)) {
    throw new ExperimentError(
      `Cannot begin with the weights of ${id}: it has no checkpoint`,
      { where: "init.run", fix: `Let it go on first: deno task resume ${id}` },
    );
  }
  const path = `run ${id}, ${name}`;
  const bytes = records.artifact(id, name);
  return sourceOf({ path, run: id }, bytes, openCheckpoint(bytes, path));
}

function sourceOf(
  from: Pick<RunInput, "path" | "run">,
  bytes: Uint8Array,
  file: Safetensors,
): Source {
  const { length } = bytes;
  const input = { ...from, bytes: length, sha256: sha256Hex(bytes) };
  return { input: { role, split: null, ...input }, file };
}
