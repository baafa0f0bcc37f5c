import * as z from "zod";
import { canonicalJson, type Entry } from "@/core/mod.ts";
import { metrics } from "@/metric/mod.ts";

/** A value of a plan by its path, such as `loss.terms[1].weight`. */
export type FlatPlan = ReadonlyMap<string, string>;

/**
 * Every leaf of a plan by its path in the experiment file, as JSON; lists of
 * plain values are leaves. What follows from others and says nothing by itself,
 * such as the shapes of the layers, is left out. A plan that is no JSON gives one row with its text.
 */
export function flattenPlan(plan: string): FlatPlan {
  const values = planValues(plan);
  if (values === null) return new Map([["plan", plan]]);
  const flat = new Map<string, string>();
  flatten(values, "", flat);
  return flat;
}

/**
 * What a plan says, an experiment and what follows from it, in one; null if it
 * is no JSON.
 */
export function planValues(plan: string): object | null {
  let value: unknown;
  try {
    value = JSON.parse(plan);
  } catch {
    return null;
  }
  if (!isNested(value) || Array.isArray(value)) return { plan: value };
  const {
    spec = {},
    shapes: _,
    trainingHash: _t,
    ranking: _r,
    findings: _f,
    importedFrom: _i,
    ...derived
  } = namingMetrics(value) as Plan;
  return { ...spec, ...derived };
}

/** What is known of a plan's form: an experiment, and what follows from it. */
interface Plan {
  readonly spec?: object;
  readonly shapes?: unknown;
  readonly trainingHash?: unknown;
  readonly ranking?: unknown;
  readonly findings?: unknown;
  readonly importedFrom?: unknown;
}

const findingsSchema = z.object({
  findings: z.array(z.object({
    level: z.enum(["problem", "caution", "note"]),
    text: z.string(),
  })).default([]),
});

/** What was found about the data of a run before it began, as its plan tells. */
export function findingsOf(
  plan: string,
): z.output<typeof findingsSchema>["findings"] {
  return planPart(plan, findingsSchema)?.findings ?? [];
}

/** What a form finds in a plan; null where it does not fit, or the plan is no JSON. */
export function planPart<Part>(
  plan: string,
  form: z.ZodType<Part>,
): Part | null {
  try {
    return form.safeParse(JSON.parse(plan)).data ?? null;
  } catch {
    return null; // a plan that is no JSON is shown as it is
  }
}

const importedSchema = z.object({
  importedFrom: z.object({ program: z.string() }),
});

/** The program that trained a run, by its plan; null of those that Cleft trained. */
export function programOf(plan: string): string | null {
  return planPart(plan, importedSchema)?.importedFrom.program ?? null;
}

const trainSchema = z.object({
  spec: z.object({
    train: z.object({
      batch: z.int().positive(),
      accumulate: z.int().positive().default(1),
    }),
  }),
});

/** Samples that a step of training takes; null where the plan does not tell. */
export function samplesPerStepOf(plan: string): number | null {
  const { spec } = planPart(plan, trainSchema) ?? {};
  return spec ? spec.train.batch * spec.train.accumulate : null;
}

const aboutSchema = z.object({
  spec: z.object({
    summary: z.string().default(""),
    notes: z.string().default(""),
    tags: z.array(z.string()).default([]),
  }),
  memoryMiB: z.number().nullable().default(null),
});

/** What an experiment says of itself in its plan, as far as it does. */
export interface PlanAbout {
  /** In a line. */
  readonly summary: string;
  /** At length. */
  readonly notes: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
  /** The memory that training was estimated to take. */
  readonly memoryMiB: number | null;
}

/** What a plan says of its experiment. */
export function aboutOf(plan: string): PlanAbout {
  const { spec, memoryMiB = null } = planPart(plan, aboutSchema) ?? {};
  return { summary: "", notes: "", tags: [], ...spec, memoryMiB };
}

/** A plan whose metrics at their defaults are names, as they were in older plans. */
function namingMetrics(plan: object): object {
  const { spec } = plan as { spec?: { evaluate?: { metrics?: unknown } } };
  const listed = spec?.evaluate?.metrics;
  if (!Array.isArray(listed)) return plan;
  const named = listed.map((one) => isAtDefaults(one) ? one.type : one);
  const evaluate = { ...spec!.evaluate, metrics: named };
  return { ...plan, spec: { ...spec, evaluate } };
}

function isAtDefaults(metric: unknown): metric is Entry {
  if (!isNested(metric)) return false;
  const { type } = metric as Entry;
  const { data } = metrics.schema.safeParse({ type });
  return canonicalJson(data) === canonicalJson(metric);
}

function flatten(value: unknown, path: string, flat: Map<string, string>) {
  if (Array.isArray(value)) {
    if (value.length === 0 || value.every((v) => !isNested(v))) {
      flat.set(path || "plan", spaced(value));
    } else value.forEach((v, i) => flatten(v, `${path}[${i}]`, flat));
  } else if (isNested(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) flat.set(path || "plan", "{}");
    for (const [key, v] of entries) {
      flatten(v, path ? `${path}.${key}` : key, flat);
    }
  } else {
    flat.set(path || "plan", JSON.stringify(value));
  }
}

/** Whether a value has parts. */
export function isNested(value: unknown): value is object {
  return value !== null && typeof value === "object";
}

/** A list of plain values as people write it. */
export function spaced(list: readonly unknown[]): string {
  return `[${list.map((v) => JSON.stringify(v)).join(", ")}]`;
}

/** What runs that differ in nothing but the seed have in common. */
export function planWithoutSeed(experiment: string, plan: string): string {
  try {
    const value: unknown = JSON.parse(plan);
    const named = isNested(value) ? namingMetrics(value) : value;
    return canonicalJson([experiment, withoutSeed(named)]);
  } catch {
    return canonicalJson([experiment, plan]);
  }
}

/** What an experiment says of itself, and what its pages show: no number changes with it. */
export const telling: readonly string[] = [
  "summary",
  "notes",
  "tags",
  "report",
];

/** What changes with the seed or changes no number. */
const ignored = [
  "seed",
  "hash",
  "trainingHash",
  "ranking",
  "findings",
  "importedFrom",
].concat(telling);

/** Drops the run's own seed, on top or in its `spec`; a phantom's seed is data and stays. */
function withoutSeed(plan: unknown): unknown {
  if (!isNested(plan) || Array.isArray(plan)) return plan;
  return Object.fromEntries(
    Object.entries(plan)
      .filter(([key]) => !ignored.includes(key))
      .map(([key, v]) => [
        key,
        key === "spec"
          ? withoutSeed(v)
          : key === "volumes"
          ? withoutLabels(v)
          : v,
      ]),
  );
}

/** Volumes as plans listed them before their labels were counted. */
function withoutLabels(volumes: unknown): unknown {
  if (!Array.isArray(volumes)) return volumes;
  return volumes.map((volume) => {
    const { labels: _, ...place } = volume as { labels?: unknown };
    return place;
  });
}
