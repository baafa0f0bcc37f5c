import type { DatabaseSync } from "node:sqlite";
import {
  canonicalJson,
  type Decides,
  sha256Hex,
  traceOf,
  type TraceSchema,
} from "@/core/mod.ts";
import form from "./plan_form_11.json" with { type: "json" };
import type { MatrixRecord } from "./types.ts";

/** The number by which each metric ranked weights, first where several were measured. */
const rankings = {
  averagePrecision: "ap",
  dice: "dice",
  cremi: "adgt",
  objects: "found",
};

/** The hashes of a plan. */
interface Hashes {
  readonly hash: string;
  readonly trainingHash: string;
}

/**
 * Part of migration 12, and to be left as it is: gives runs from before it the
 * hashes that their plans have since, and matrices those of their variants. What
 * had which default and decided what is in `plan_form_11.json`. A plan that is
 * none keeps its hash.
 */
export function rehash(db: DatabaseSync): void {
  const renamed = new Map<string, string>();
  const write = db.prepare(
    "UPDATE run SET plan_hash = ?, training_hash = ? WHERE number = ?",
  );
  const numbers = db.prepare("SELECT number FROM run").all();
  const read = db.prepare("SELECT plan, plan_hash FROM run WHERE number = ?");
  for (const { number } of numbers) {
    const row = read.get(number!)!;
    const before = row.plan_hash as string;
    const now = hashesOf(row.plan as string) ??
      { hash: before, trainingHash: before };
    renamed.set(before, now.hash);
    write.run(now.hash, now.trainingHash, number!);
  }
  const replace = db.prepare("UPDATE matrix SET definition = ? WHERE name = ?");
  for (const { name, definition } of db.prepare("SELECT * FROM matrix").all()) {
    const matrix = JSON.parse(definition as string) as MatrixRecord;
    const variants = matrix.variants.map((variant) => ({
      ...variant,
      planHash: renamed.get(variant.planHash) ?? variant.planHash,
    }));
    replace.run(JSON.stringify({ ...matrix, variants }), name!);
  }
}

/** The hashes of a plan as it was recorded before, or null if it is none. */
export function hashesOf(plan: string): Hashes | null {
  const spec = specOf(plan);
  const listed = (spec?.["evaluate"] as { metrics?: unknown } | undefined)
    ?.metrics;
  if (!spec || !Array.isArray(listed)) return null;
  const ranking = Object.entries(rankings)
    .filter(([type]) => listed.includes(type))
    .map(([type, number]) => [number, { type }] as const);
  const [first] = ranking;
  if (!first) return null;
  const metrics = ranking.map(([, entry]) => entry);
  const evaluate = { ...spec["evaluate"] as object, metrics };
  const hashOf = (what: string, without: readonly Decides[]) => {
    const trace = traceOf({ ...spec, evaluate }, form as TraceSchema, {
      without,
    });
    return sha256Hex(canonicalJson([what, trace, first]));
  };
  return {
    hash: hashOf("result", ["nothing"]),
    trainingHash: hashOf("training", ["nothing", "measurement"]),
  };
}

function specOf(plan: string): Readonly<Record<string, unknown>> | null {
  try {
    const { spec } = JSON.parse(plan) as { spec?: unknown };
    return typeof spec === "object" && spec !== null ? { ...spec } : null;
  } catch {
    return null;
  }
}
