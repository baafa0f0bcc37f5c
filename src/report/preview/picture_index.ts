import { base64 } from "../encode.ts";
import type { PreviewData } from "./data.ts";

/** The pictures of a page by number, each kept once. */
export class PictureIndex {
  /** All of them in base64. */
  readonly encoded: readonly string[];
  readonly #numbers: ReadonlyMap<string, number>;

  constructor({ stages }: PreviewData) {
    const all = stages.flatMap(({ draws }) =>
      draws.flatMap(({ before, after }) => [
        before.image,
        before.labels,
        after.image,
        after.labels,
      ])
    );
    this.encoded = [...new Set(all.map(base64))];
    this.#numbers = new Map(this.encoded.map((key, i) => [key, i]));
  }

  /** The number of a picture. */
  of(png: Uint8Array): number {
    return this.#numbers.get(base64(png))!;
  }
}
