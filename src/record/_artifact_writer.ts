import { sha256Hex } from "@/core/mod.ts";
import type { Claim } from "./_claims.ts";
import { recordFailure } from "./_failure.ts";
import { checkArtifactName } from "./_names.ts";
import type { Parts } from "./_parts.ts";
import type { Artifact, Content } from "./types.ts";

/** How a run's artifacts are written. */
export interface WriterPlace {
  /** The run. */
  readonly claim: Claim;
  /** Its folder, as errors name it. */
  readonly folder: string;
  /** Does something in a transaction of the run's recorder. */
  write<T>(doing: string, work: () => T): T;
}

/**
 * Writes the artifacts of a run. Files come before the rows that need them, and go
 * after the last of these, so that a crash leaves a file too many, never one too few.
 */
export class ArtifactWriter {
  readonly #parts: Pick<Parts, "database" | "tables" | "objects">;
  readonly #place: WriterPlace;

  /** Takes where they are kept, and whose they are. */
  constructor(parts: Parts, place: WriterPlace) {
    this.#parts = parts;
    this.#place = place;
  }

  /**
   * Writes contents by their names, all of them or none.
   *
   * @param options.below The folder of names whose others go; none by default.
   * @throws {ExperimentError} If a name is not a plain relative path.
   * @throws {RunError} If they cannot be written.
   */
  put(
    contents: readonly Content[],
    { doing, below }: { readonly doing: string; readonly below?: string },
  ): readonly Artifact[] {
    for (const { name } of contents) checkName(name, below);
    const { claim: { id }, folder, write } = this.#place;
    const artifacts = contents.map(({ content, ...rest }) => ({
      ...rest,
      bytes: content.length,
      sha256: sha256Hex(content),
    }));
    try {
      for (const [i, { sha256 }] of artifacts.entries()) {
        this.#parts.objects.prepare(sha256, contents[i]!.content);
      }
      const replaced = write(doing, () => {
        const gone = this.#writeRows(artifacts, { contents, below });
        for (const sha256 of gone) this.#parts.objects.removeRow(sha256);
        return gone;
      });
      this.#removeFiles(replaced);
    } catch (error) {
      this.#removeHalf(artifacts);
      throw recordFailure(error, { doing: `${doing} of ${id}`, where: folder });
    }
    return artifacts;
  }

  /** The hashes of contents that no name stands for here any more. */
  #writeRows(
    artifacts: readonly Artifact[],
    { contents, below }: {
      readonly contents: readonly Content[];
      readonly below: string | undefined;
    },
  ): ReadonlySet<string> {
    const { tables, objects } = this.#parts, { number } = this.#place.claim;
    const gone = new Set(
      below === undefined ? [] : tables.artifacts.removeBelow(number, below),
    );
    for (const [i, artifact] of artifacts.entries()) {
      objects.put(artifact.sha256, contents[i]!.content);
      const before = tables.artifacts.put(number, artifact);
      if (before !== undefined) gone.add(before);
    }
    for (const { sha256 } of artifacts) gone.delete(sha256);
    return gone;
  }

  /** Removes files that no artifact needs; it takes no space to do so. */
  #removeFiles(hashes: ReadonlySet<string>): void {
    const { database, objects } = this.#parts;
    if (hashes.size === 0) return;
    database.write("remove replaced content", () => {
      for (const sha256 of hashes) objects.removeFile(sha256);
    });
  }

  /** After a failure, which is what the caller has to hear of. */
  #removeHalf(artifacts: readonly Artifact[]): void {
    try {
      this.#removeFiles(new Set(artifacts.map(({ sha256 }) => sha256)));
    } catch { /* The next resume removes the files. */ }
  }
}

function checkName(name: string, below: string | undefined): void {
  checkArtifactName(name);
  if (below === undefined || name.startsWith(`${below}/`)) return;
  throw new RangeError(`"${name}" is not below "${below}"`);
}
