import { checkIsFile, ExperimentError, sha256Hex } from "@/core/mod.ts";
import { findFile } from "@/data/mod.ts";
import {
  type Artifact,
  hasRecords,
  type OwnedArtifact,
  readRecords,
  type Records,
  type Run,
  type RunInput,
} from "@/record/mod.ts";
import {
  decodeSafetensors,
  openCheckpoint,
  type Safetensors,
} from "@/train/mod.ts";
import type { Spec } from "../spec/mod.ts";
import { checkpointType, checkpointWith } from "./checkpoints.ts";
import type { RunContext } from "./context.ts";
import type { DataPlace } from "./volumes.ts";

/** The role of the file, among a run's inputs, that its weights come from. */
export const initialRole = "init";

/** The beginning of a SHA-256 that is long enough to name something. */
const hashPattern = /^[0-9a-f]{8,64}$/i;

/** Where weights to begin with are looked for. */
export type InitialPlace = DataPlace & Pick<RunContext, "resultsFolder">;

/** A file with weights, in memory. */
export interface InitialSource {
  /** What it is, as a run records it. */
  readonly input: RunInput;
  /** Its numbers. */
  readonly file: Safetensors;
}

/**
 * Reads the weights that an experiment begins with, null if it draws them; for a
 * run to repeat, those of the run that it took them from, even if there is a
 * later one by now.
 *
 * @throws {ExperimentError} If there are none, or they cannot be read.
 */
export async function openInitialSource(
  { run, file, weights }: Spec["init"],
  { place, before }: {
    readonly place: InitialPlace;
    readonly before?: Run | undefined;
  },
): Promise<InitialSource | null> {
  if (file) return await openNamed(file, place);
  if (!run) return null;
  using records = readRecords(place.resultsFolder);
  const taken = before?.inputs.find((input) => input.role === initialRole);
  const from = taken ? records.run(taken.run!) : records.run(run);
  const artifact = checkpointWith(records, from, {
    weights,
    doing: "begin",
    where: "init.run",
  });
  if (!taken && from.state !== "finished") throw unfinished(from, artifact);
  return readArtifact(records, { run: from.id, ...artifact });
}

/** What `init.file` names: a hash on record, or a file. */
async function openNamed(
  name: string,
  place: InitialPlace,
): Promise<InitialSource> {
  const where = "init.file";
  if (!hashPattern.test(name)) {
    return await readWeightFile(await findFile(name, { ...place, where }));
  }
  const found = readNamedHash(name, place);
  if (found) return found;
  const path = await findFile(name, { ...place, where }).catch((cause) => {
    if (!(cause instanceof ExperimentError)) throw cause;
    throw new ExperimentError(
      `Cannot find the weights "${name}": there is no such file, nor has a ` +
        "checkpoint on record a hash that begins like that",
      { where, fix: "See the hashes by: deno task show RUN", cause },
    );
  });
  return await readWeightFile(path);
}

async function readWeightFile(path: string): Promise<InitialSource> {
  checkIsFile(path);
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

/** The weights on record whose hash begins so; null if there are none. */
function readNamedHash(
  hash: string,
  { resultsFolder }: InitialPlace,
): InitialSource | null {
  if (!hasRecords(resultsFolder)) return null;
  using records = readRecords(resultsFolder);
  const found = records.artifactsByHash(hash.toLowerCase())
    .filter(({ mediaType }) => mediaType === checkpointType);
  const [first, ...others] = found;
  if (!first) return null;
  if (others.length === 0) return readArtifact(records, first);
  const choices = found.map(({ sha256, run, name }) =>
    `${sha256} (${name} of ${run})`
  );
  throw new ExperimentError(
    `Cannot tell which weights "${hash}" are: ${found.length} hashes begin ` +
      "like that",
    { where: "init.file", fix: `Write more of one: ${choices.join(" or ")}` },
  );
}

function unfinished(
  { id, experiment, state }: Run,
  { sha256 }: Artifact,
): ExperimentError {
  const goOn = state === "running"
    ? "Wait for its end"
    : `Let it go on first: deno task resume ${id}`;
  return new ExperimentError(
    `Cannot begin with the weights of ${id}: it has not finished, ` +
      `it is ${state}`,
    {
      where: "init.run",
      fix: `${goOn}; or name a finished one, such as ${experiment}@best; or ` +
        `those that it has by now: init.file: "${sha256.slice(0, 12)}"`,
    },
  );
}

function readArtifact(
  records: Records,
  { run, name }: Pick<OwnedArtifact, "run" | "name">,
): InitialSource {
  const path = `run ${run}, ${name}`;
  const bytes = records.artifact(run, name);
  return sourceOf({ path, run }, bytes, openCheckpoint(bytes, path));
}

function sourceOf(
  from: Pick<RunInput, "path" | "run">,
  bytes: Uint8Array,
  file: Safetensors,
): InitialSource {
  const { length } = bytes;
  const input = { ...from, bytes: length, sha256: sha256Hex(bytes) };
  return { input: { role: initialRole, split: null, ...input }, file };
}
