import type {
  Artifact,
  EvaluationRecord,
  GalleryRecord,
  SectionsRecord,
} from "@/record/mod.ts";
import type { Gallery, SectionPictures } from "./data.ts";
import { formatBytes, plural } from "./format.ts";
import type { Stored } from "./_stored.ts";

/** Pictures by hash, each once, until there is no room for more. */
export class PictureShelf {
  /** PNG files by their SHA-256. */
  readonly pictures = new Map<string, Uint8Array>();
  readonly #mostBytes: number;
  #bytes = 0;
  readonly #sectionsLeftOut = new Set<string>();
  #objectsLeftOut = 0;

  /** Takes how many bytes it holds. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The sections of a record whose pictures are there and fit. */
  take(
    stored: Stored,
    { split, volume, sections, folder = "evaluation" }: SectionsRecord & {
      /** The names that they are below. */
      readonly folder?: string;
    },
  ): SectionPictures[] {
    return sections.flatMap(({ z }) => {
      const place = `${folder}/${split}/${volume}/${z}`;
      const { raw, truth, prediction } = filesOf(stored, place);
      if (!raw || !prediction) return [];
      const wanted = [raw, prediction, ...truth ? [truth] : []];
      if (!this.#hasRoomFor(wanted)) {
        this.#sectionsLeftOut.add(`${raw.sha256} ${prediction.sha256}`);
        return [];
      }
      const isWhole = wanted.every((file) => this.#hold(stored, file));
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

  /**
   * Holds the predictions of sections that another run shows already, as far as
   * they fit: what a comparison needs most.
   */
  holdShared(
    stored: Stored,
    { split, volume, sections }: EvaluationRecord,
  ): void {
    for (const { z } of sections) {
      const place = `evaluation/${split}/${volume}/${z}`;
      const { raw, prediction } = filesOf(stored, place);
      if (!raw || !prediction || !this.pictures.has(raw.sha256)) continue;
      if (this.#hasRoomFor([prediction])) this.#hold(stored, prediction);
    }
  }

  /** The objects of a gallery, with their pictures as far as these are there and fit. */
  takeGallery(stored: Stored, record: GalleryRecord): Gallery {
    const { split, volume, objects } = record;
    const pictures = objects.map((_, n) => {
      const file = stored.files.get(`gallery/${split}/${volume}/${n}.png`);
      if (!file) return null;
      if (!this.#hasRoomFor([file])) {
        this.#objectsLeftOut++;
        return null;
      }
      return this.#hold(stored, file) ? file.sha256 : null;
    });
    return { record, pictures };
  }

  /** What did not fit, in words; null if all did. */
  get leftOut(): string | null {
    const parts = [
      ...this.#sectionsLeftOut.size > 0
        ? [plural(this.#sectionsLeftOut.size, "section")]
        : [],
      ...this.#objectsLeftOut > 0
        ? [plural(this.#objectsLeftOut, "object")]
        : [],
    ];
    if (parts.length === 0) return null;
    return `Pictures of ${parts.join(" and ")} are left out: ` +
      `a report holds at most ${formatBytes(this.#mostBytes)} of them`;
  }

  #hasRoomFor(files: readonly Artifact[]): boolean {
    const bytes = files.reduce(
      (sum, { sha256, bytes }) => sum + (this.pictures.has(sha256) ? 0 : bytes),
      0,
    );
    return this.#bytes + bytes <= this.#mostBytes;
  }

  /** Whether a picture is held then: it is unless it is damaged. */
  #hold(stored: Stored, { name, sha256 }: Artifact): boolean {
    if (this.pictures.has(sha256)) return true;
    const bytes = stored.bytes(name);
    if (!bytes) return false;
    this.pictures.set(sha256, bytes);
    this.#bytes += bytes.length;
    return true;
  }
}

/** The pictures of a section, as far as there are any. */
function filesOf(
  { files }: Stored,
  place: string,
): Partial<Record<"raw" | "truth" | "prediction", Artifact | undefined>> {
  const [raw, truth, prediction] = ["raw", "truth", "prediction"]
    .map((kind) => files.get(`${place}/${kind}.png`));
  return { raw, truth, prediction };
}
