import type { EvaluationRecord } from "@/record/mod.ts";
import type { SectionPictures } from "./data.ts";
import { formatBytes, plural } from "./format.ts";
import type { Stored } from "./_stored.ts";

/** Pictures by hash, each once, until there is no room for more. */
export class PictureShelf {
  /** PNG files by their SHA-256. */
  readonly pictures = new Map<string, Uint8Array>();
  readonly #mostBytes: number;
  #bytes = 0;
  #sectionsLeftOut = 0;

  /** Takes how many bytes it holds. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The sections of an evaluation whose pictures are there and fit. */
  take(
    stored: Stored,
    { split, volume, sections }: EvaluationRecord,
  ): SectionPictures[] {
    return sections.flatMap(({ z }) => {
      const [raw, truth, prediction] = ["raw", "truth", "prediction"].map(
        (kind) =>
          stored.files.get(`evaluation/${split}/${volume}/${z}/${kind}.png`),
      );
      if (!raw || !prediction) return [];
      const wanted = [raw, prediction, ...truth ? [truth] : []];
      const bytes = wanted.reduce(
        (sum, { sha256, bytes }) =>
          sum + (this.pictures.has(sha256) ? 0 : bytes),
        0,
      );
      if (this.#bytes + bytes > this.#mostBytes) {
        this.#sectionsLeftOut++;
        return [];
      }
      const isWhole = wanted.every(({ name, sha256 }) =>
        this.pictures.has(sha256) || this.#add(sha256, stored.bytes(name))
      );
      return isWhole
        ? [{
          z,
          raw: raw.sha256,
          truth: truth?.sha256 ?? null,
          prediction: prediction.sha256,
        }]
        : [];
    });
  }

  /** What did not fit, in words; null if all did. */
  get leftOut(): string | null {
    if (this.#sectionsLeftOut === 0) return null;
    return `Pictures of ${
      plural(this.#sectionsLeftOut, "section")
    } are left out: ` +
      `a report holds at most ${formatBytes(this.#mostBytes)} of them`;
  }

  #add(sha256: string, bytes: Uint8Array | null): boolean {
    if (!bytes) return false;
    this.pictures.set(sha256, bytes);
    this.#bytes += bytes.length;
    return true;
  }
}
