import type { Database } from "../_database.ts";
import type { Artifact, OwnedArtifact } from "../types.ts";

/** The `artifact` table: what each run made, under which hash. */
export class ArtifactTable {
  readonly #database: Database;

  /** The artifacts of a database. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes one; the hash of the content it replaces. Call it within a transaction. */
  put(
    run: number,
    { name, mediaType, bytes, sha256 }: Artifact,
  ): string | undefined {
    const before = this.#database.sql(
      "SELECT sha256 FROM artifact WHERE run = ? AND name = ?",
    ).get<Artifact>(run, name)?.sha256;
    this.#database.sql(
      `INSERT OR REPLACE INTO artifact (run, name, media_type, bytes, sha256)
       VALUES (?, ?, ?, ?, ?)`,
    ).run(run, name, mediaType, bytes, sha256);
    return before === sha256 ? undefined : before;
  }

  /** Removes all of a run below a folder of names; their hashes. Call it within a transaction. */
  removeBelow(run: number, folder: string): string[] {
    return this.#database.sql(
      `DELETE FROM artifact WHERE run = ? AND name > ? AND name < ?
       RETURNING sha256`,
    ).arrays<[string]>(run, `${folder}/`, `${folder}0`) // "0" follows "/"
      .map(([sha256]) => sha256);
  }

  /** Writes one of a run for another one too. Call it within a transaction. */
  copy(name: string, { from, to }: { from: number; to: number }): void {
    this.#database.sql(
      `INSERT INTO artifact (run, name, media_type, bytes, sha256)
       SELECT ?, name, media_type, bytes, sha256 FROM artifact
       WHERE run = ? AND name = ?`,
    ).run(to, from, name);
  }

  /** What a run made, by name. */
  of(run: number): Artifact[] {
    return this.#database.sql(
      `SELECT name, media_type AS mediaType, bytes, sha256 FROM artifact
       WHERE run = ? ORDER BY name`,
    ).all<Artifact>(run);
  }

  /** The one of this name in the run `first`, else in the oldest run that has one. */
  ofAny(
    name: string,
    first: string | null,
  ): { readonly id: string; readonly sha256: string } | undefined {
    return this.#database.sql(
      `SELECT run.id, artifact.sha256 FROM artifact
       JOIN run ON run.number = artifact.run WHERE artifact.name = ?
       ORDER BY run.id IS NOT ?, run.number LIMIT 1`,
    ).get(name, first);
  }

  /** Those whose hash begins so, each as the oldest run has it. */
  beginning(sha256: string): OwnedArtifact[] {
    return this.#database.sql(
      `SELECT run.id AS run, name, media_type AS mediaType, bytes, sha256
       FROM (SELECT *, row_number() OVER (
               PARTITION BY sha256 ORDER BY run, name
             ) AS place
             FROM artifact WHERE sha256 >= ? AND sha256 < ?) AS artifact
       JOIN run ON run.number = artifact.run WHERE place = 1
       ORDER BY run.number, name`,
    ).all<OwnedArtifact>(sha256, `${sha256}g`);
  }

  /** The hash of every content that runs need, deleted ones apart. */
  needed(): string[] {
    return this.#database.sql(
      `SELECT DISTINCT sha256 FROM artifact
       JOIN run ON number = run WHERE deleted_at IS NULL`,
    ).arrays<[string]>().map(([sha256]) => sha256);
  }

  /** Whether some run needs the content with this hash. */
  needs(sha256: string): boolean {
    return this.#database.sql("SELECT 1 FROM artifact WHERE sha256 = ?")
      .get(sha256) !== undefined;
  }
}
