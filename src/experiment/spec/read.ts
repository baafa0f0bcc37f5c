import type * as z from "zod";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { type JsonSchema, jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "./explain.ts";
import { deepFreeze } from "./freeze.ts";
import { loadExperiment } from "./load.ts";
import { type MapNode, nodeOf, valueOf } from "./node.ts";
import { applyOverride } from "./override.ts";
import { type Fault, inReadingOrder } from "./place.ts";

/** The most faults that are told at once. */
const mostFaults = 100;

/** How {@linkcode readExperiment} reads. */
export interface ReadOptions {
  /** Values that replace those of the file, as `path=value`. */
  readonly overrides?: readonly string[];
  /** Values for keys that neither the file nor an override gives. */
  readonly fallbacks?: Readonly<Record<string, unknown>>;
  /** The folder a relative path starts in. */
  readonly folder?: string;
}

/**
 * Reads an experiment file against a schema: parents merged, overrides applied,
 * defaults filled, frozen.
 *
 * @throws {ExperimentFaults} With every fault of the files and overrides.
 */
export function readExperiment<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { overrides = [], fallbacks = {}, folder = Deno.cwd() }: ReadOptions = {},
): z.output<Schema> {
  const loaded = loadExperiment(path, folder);
  const faults: Fault[] = [...loaded.faults];
  if (!loaded.root) throw faultsOf(faults, loaded.files);
  let root: MapNode = withFallbacks(loaded.root, fallbacks);
  let json: JsonSchema | undefined; // made only when it is needed
  const jsonSchema = () => json ??= jsonSchemaOf(schema);
  for (const override of overrides) {
    const changed = applyOverride(root, override, jsonSchema());
    faults.push(...changed.faults);
    root = changed.root;
  }
  const parsed = schema.safeParse(valueOf(root));
  if (!parsed.success) {
    faults.push(
      ...parsed.error.issues.flatMap((issue) =>
        explainIssue(issue, root, jsonSchema())
      ),
    );
  }
  if (!parsed.success || faults.length > 0) {
    throw faultsOf(faults, loaded.files);
  }
  return deepFreeze(parsed.data);
}

function faultsOf(faults: readonly Fault[], files: readonly string[]) {
  const errors = inReadingOrder(faults, files);
  const more = errors.length - mostFaults;
  if (more <= 0) return new ExperimentFaults(errors);
  const last = new ExperimentError(`Cannot show ${more} more faults`, {
    where: files[0]!,
    fix: "Mend these first",
  });
  return new ExperimentFaults([...errors.slice(0, mostFaults), last]);
}

function withFallbacks(
  root: MapNode,
  fallbacks: Readonly<Record<string, unknown>>,
): MapNode {
  const entries = new Map(root.entries);
  for (const [key, value] of Object.entries(fallbacks)) {
    if (entries.has(key)) continue;
    entries.set(key, {
      keyPlace: root.place,
      node: nodeOf(value, root.place),
    });
  }
  return { ...root, entries };
}
