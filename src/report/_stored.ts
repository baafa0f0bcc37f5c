import type * as z from "zod";
import { ExperimentError } from "@/core/mod.ts";
import type { Artifact, Records } from "@/record/mod.ts";

/**
 * The artifacts of a run, as far as they can be read. What is damaged or gone
 * is null and left out, which is told.
 */
export class Stored {
  /** All there should be, by name. */
  readonly files: ReadonlyMap<string, Artifact>;
  readonly #records: Records;
  readonly #id: string;
  readonly #leftOut: string[];

  /** Takes a run, and where to tell what is left out. */
  constructor(
    { records, id, leftOut }: {
      readonly records: Records;
      readonly id: string;
      readonly leftOut: string[];
    },
  ) {
    this.files = new Map(
      records.artifacts(id).map((file) => [file.name, file]),
    );
    this.#records = records;
    this.#id = id;
    this.#leftOut = leftOut;
  }

  /** The bytes of an artifact; null if the run has none of that name. */
  bytes(name: string): Uint8Array | null {
    if (!this.files.has(name)) return null;
    try {
      return this.#records.artifact(this.#id, name);
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      this.#tell(name, `is left out: ${error.message}`);
      return null;
    }
  }

  /** The same as text. */
  text(name: string): string | null {
    const bytes = this.bytes(name);
    return bytes && new TextDecoder().decode(bytes);
  }

  /** The same as a value of some form, `what` in words. */
  json<Value>(
    name: string,
    { form, what }: {
      readonly form: z.ZodType<Value>;
      readonly what: string;
    },
  ): Value | null {
    const text = this.text(name);
    if (text === null) return null;
    const { data } = form.safeParse(parsed(text));
    if (data === undefined) this.#tell(name, `is no ${what}`);
    return data ?? null;
  }

  #tell(name: string, what: string): void {
    this.#leftOut.push(`${name} of ${this.#id} ${what}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
