import * as z from "zod";
import { type Entry, ExperimentError, type InputFile } from "@/core/mod.ts";

/** What a prediction file says of where it comes from, in its attributes. */
export interface PredictionOrigin {
  /** The run whose network predicted. */
  readonly run: string;
  /** The run's experiment. */
  readonly experiment: string;
  /** Which of its heads, if not the one for clefts. */
  readonly head: string | null;
  /** SHA-256 of the run's plan. */
  readonly planSha256: string;
  /** Which weights. */
  readonly weights: "best" | "last";
  /** The step they are of. */
  readonly step: number;
  /** SHA-256 of the checkpoint they were read from. */
  readonly checkpointSha256: string;
  /** The threshold chosen on the run's validation; null if it has none. */
  readonly threshold: number | null;
  /** What the run was measured by; empty in files of earlier versions. */
  readonly metrics: readonly Entry[];
  /** How the run post-processes: steps, the threshold among them; none if it does not. */
  readonly postprocess: readonly Entry[];
  /** The test-time augmentation. */
  readonly tta: string;
  /** The files that were predicted. */
  readonly inputs: readonly InputFile[];
  /** What the run read these files for: `train`, `validation`, `test`. */
  readonly usedFor: readonly string[];
  /** What is to be known of the volume, such as that its file says another resolution. */
  readonly notes?: readonly string[] | undefined;
  /** What computed. */
  readonly engine: string;
  /** What convolutions computed with. */
  readonly precision: string;
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** An attribute as HDF5 keeps it. */
type Attribute = string | number;

/** What attributes hold as JSON; the value where there is no such attribute. */
const jsonOf: Partial<Record<keyof PredictionOrigin, unknown>> = {
  metrics: [],
  postprocess: [],
  inputs: undefined,
  usedFor: undefined,
  notes: undefined,
  versions: undefined,
};

const originSchema: z.ZodType<PredictionOrigin> = z.object({
  run: z.string(),
  experiment: z.string(),
  head: z.string().nullable(),
  planSha256: z.string(),
  weights: z.enum(["best", "last"]),
  step: z.int().min(0),
  checkpointSha256: z.string(),
  threshold: z.number().min(0).max(1).nullable(),
  metrics: z.array(z.looseObject({ type: z.string() })),
  postprocess: z.array(z.looseObject({ type: z.string() })),
  tta: z.string(),
  inputs: z.array(
    z.object({ path: z.string(), bytes: z.number(), sha256: z.string() }),
  ),
  usedFor: z.array(z.string()),
  notes: z.array(z.string()).optional(),
  engine: z.string(),
  precision: z.string(),
  versions: z.record(z.string(), z.string()),
});

/** The names of attributes by what they hold. */
const names: Readonly<Record<keyof PredictionOrigin, string>> = {
  run: "run",
  experiment: "experiment",
  head: "head",
  planSha256: "plan_sha256",
  weights: "weights",
  step: "step",
  checkpointSha256: "checkpoint_sha256",
  threshold: "threshold",
  metrics: "metrics",
  postprocess: "postprocess",
  tta: "tta",
  inputs: "inputs",
  usedFor: "used_for",
  notes: "notes",
  engine: "engine",
  precision: "precision",
  versions: "versions",
};

/** An origin as attributes: lists and maps as JSON; null leaves none. */
export function attributesOf(
  origin: PredictionOrigin,
): Readonly<Record<string, Attribute>> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => {
      const value = origin[key as keyof PredictionOrigin];
      if (value === null || value === undefined) return [];
      const isPlain = typeof value === "string" || typeof value === "number";
      return [[name, isPlain ? value : JSON.stringify(value)]];
    }),
  );
}

/**
 * Reads an origin from attributes; null where the file does not name a run.
 *
 * @throws {Error} Which attribute is not what it should be.
 */
export function originOf(
  attribute: (name: string) => Attribute | undefined,
): PredictionOrigin | null {
  if (attribute(names.run) === undefined) return null;
  const entries = Object.entries(names).map(([key, name]) => {
    const value = attribute(name);
    if (!(key in jsonOf)) return [key, value ?? null];
    const missing = jsonOf[key as keyof PredictionOrigin];
    return [key, value === undefined ? missing : parsed(value)];
  });
  const result = originSchema.safeParse(
    Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
  );
  if (result.success) return result.data;
  const key = result.error.issues[0]!.path[0] as keyof PredictionOrigin;
  const name = names[key];
  throw new Error(`its attribute "${name}" is ${attribute(name) ?? "missing"}`);
}

/** What files made of a prediction say of its volume, by their attribute `notes`. */
export function notesIn(text: string | number | undefined): readonly string[] {
  return z.array(z.string()).safeParse(parsed(text)).data ?? [];
}

function parsed(text: Attribute | undefined): unknown {
  try {
    return JSON.parse(`${text}`);
  } catch {
    return undefined; // what is not JSON is not what it should be
  }
}

/**
 * Fails for a prediction of a head that learns something else than clefts.
 *
 * @throws {ExperimentError} With the head's name.
 */
export function checkOfClefts(
  madeBy: PredictionOrigin | null,
  where: string,
): void {
  if (!madeBy || madeBy.head === null) return;
  throw new ExperimentError(
    `Cannot take the prediction for clefts: it is what the head ` +
      `"${madeBy.head}" says`,
    { where, fix: "Predict again without --head" },
  );
}
