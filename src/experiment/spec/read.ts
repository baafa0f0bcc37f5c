import type * as z from "zod";
import { ExperimentError, ExperimentFaults } from "@/core/mod.ts";
import { type JsonSchema, jsonSchemaOf } from "../schema/json_schema.ts";
import { explainIssue } from "./explain.ts";
import { deepFreeze, type Frozen } from "./freeze.ts";
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
  /** How the user wrote overrides that were not given by `--set`. */
  readonly shown?: ReadonlyMap<string, string>;
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
  options: ReadOptions = {},
): Frozen<z.output<Schema>> {
  const words = new Schemas(schema);
  const { root, files, faults } = openExperiment(path, words, options);
  const checked = checkExperiment(root, words);
  if (!checked.value || faults.length > 0) {
    throw faultsOf([...faults, ...checked.faults], files);
  }
  return checked.value;
}

/** A schema in its two forms; the second one is made when it is needed. */
export class Schemas<Schema extends z.ZodType> {
  /** What values are checked by. */
  readonly zod: Schema;
  #json: JsonSchema | undefined;

  /** Takes the schema as zod has it. */
  constructor(zod: Schema) {
    this.zod = zod;
  }

  /** What faults are explained by. */
  get json(): JsonSchema {
    return this.#json ??= jsonSchemaOf(this.zod);
  }
}

/** An experiment file whose parents are merged and overrides applied, unchecked. */
export interface OpenedExperiment {
  /** Its content. */
  readonly root: MapNode;
  /** The files read, the experiment itself first. */
  readonly files: readonly string[];
  /** What is wrong with the files and the overrides. */
  readonly faults: readonly Fault[];
}

/**
 * Reads an experiment file as it is written, parents merged, overrides applied.
 *
 * @throws {ExperimentFaults} If nothing of it can be read.
 */
export function openExperiment(
  path: string,
  schemas: Schemas<z.ZodType>,
  { overrides = [], shown, fallbacks = {}, folder = Deno.cwd() }: ReadOptions,
): OpenedExperiment {
  const { root: loaded, files, faults: found } = loadExperiment(path, folder);
  const faults: Fault[] = [...found];
  if (!loaded) throw faultsOf(faults, files);
  let root: MapNode = withFallbacks(loaded, fallbacks);
  for (const override of overrides) {
    const changed = applyOverride(override, {
      root,
      schema: schemas.json,
      shown: shown?.get(override),
    });
    faults.push(...changed.faults);
    root = changed.root;
  }
  return { root, files, faults };
}

/** The value of an experiment, defaults filled and frozen, or what is wrong with it. */
export function checkExperiment<Schema extends z.ZodType>(
  root: MapNode,
  schemas: Schemas<Schema>,
): {
  readonly value?: Frozen<z.output<Schema>>;
  readonly faults: readonly Fault[];
} {
  const { success, data, error } = schemas.zod.safeParse(valueOf(root));
  return success ? { value: deepFreeze(data), faults: [] } : {
    faults: error.issues.flatMap((issue) =>
      explainIssue(issue, { root, schema: schemas.json })
    ),
  };
}

/** Faults as one error, in reading order; at most a hundred. */
export function faultsOf(
  faults: readonly Fault[],
  files: readonly string[],
): ExperimentFaults {
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
