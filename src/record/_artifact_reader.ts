import { ExperimentError, nearestName } from "@/core/mod.ts";
import type { Parts } from "./_parts.ts";

/** Reads what artifacts hold, checked against their hashes. */
export class ArtifactReader {
  readonly #parts: Pick<Parts, "tables" | "objects">;

  /** Reads from tables and objects. */
  constructor(parts: Pick<Parts, "tables" | "objects">) {
    this.#parts = parts;
  }

  /**
   * The content of one of a run.
   *
   * @throws {ExperimentError} If there is none, or it is missing or damaged.
   */
  of(
    { id, number }: { readonly id: string; readonly number: number },
    name: string,
  ): Uint8Array {
    const { tables, objects } = this.#parts, where = placeOf(id, name);
    const artifacts = tables.artifacts.of(number);
    const artifact = artifacts.find((one) => one.name === name);
    if (artifact) return objects.get(artifact.sha256, where);
    const nearest = nearestName(name, artifacts.map((one) => one.name));
    throw new ExperimentError("Cannot read the artifact: there is none", {
      where,
      fix: nearest
        ? `Did you mean "${nearest}"?`
        : `See what there is by: deno task show ${id}`,
    });
  }

  /**
   * That of the run `first`, if it is there, else of the oldest run that has one;
   * null if none has.
   *
   * @throws {ExperimentError} If it is missing or damaged.
   */
  ofAny(name: string, first: string | null): Uint8Array | null {
    const { tables, objects } = this.#parts;
    const found = tables.artifacts.ofAny(name, first);
    return found ? objects.get(found.sha256, placeOf(found.id, name)) : null;
  }
}

function placeOf(run: string, artifact: string): string {
  return `run ${run}, artifact ${JSON.stringify(artifact)}`;
}
