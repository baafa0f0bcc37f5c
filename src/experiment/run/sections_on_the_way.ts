import type { Patch, Zyx } from "@/core/mod.ts";
import {
  type Content,
  sectionsFolder,
  type SectionsRecord,
} from "@/record/mod.ts";
import { type Evaluated, inputOf } from "./evaluate.ts";
import { type DrawnSection, scoreSection, sectionPng } from "./pictures.ts";

/** Sections of a volume that are shown on the way at most. */
const mostSections = 4;

/** How hard a prediction is packed, which the next one soon replaces. */
const hasteLevel = 3;

/**
 * Shows what a network in training does with a few sections of the validation
 * volumes: the same ones at each validation, so that they can be compared. That
 * costs far less than the validation does, as few are drawn and packed in haste, and
 * grey values and truth only once: packed as at the end, they are the same files.
 */
export class SectionsOnTheWay {
  readonly #most: number;
  readonly #followed = new Map<string, Followed>();

  /** Takes how many sections of a volume the experiment wants to be shown. */
  constructor({ sectionsShown }: { readonly sectionsShown: number }) {
    this.#most = Math.min(sectionsShown, mostSections);
  }

  /** What a validation leaves to be seen, in place of what the last one left. */
  contents(
    evaluated: readonly Evaluated[],
    { step }: { readonly step: number },
  ): readonly Content[] {
    return this.#most === 0
      ? []
      : evaluated.flatMap((one) => this.#contentsOf(one, step));
  }

  #contentsOf(evaluated: Evaluated, step: number): readonly Content[] {
    const { volume, patch, probability, scores } = evaluated;
    const { name, shapeVox, voxelNm } = volume;
    const base = `${sectionsFolder}/validation/${name}`;
    const { zs, still } = this.#follow(base, { patch, shapeVox });
    const input = {
      ...inputOf(evaluated),
      threshold: scores.threshold ?? Infinity, // then nothing is called cleft
    };
    const record: SectionsRecord = {
      ...{ split: "validation", volume: name, step },
      shapeVox: [...shapeVox],
      voxelNm: [...voxelNm],
      metrics: scores,
      sections: zs.map((z) => scoreSection(input, z)),
    };
    return [
      {
        name: `${base}.json`,
        mediaType: "application/json",
        content: new TextEncoder().encode(JSON.stringify(record)),
      },
      ...still,
      ...zs.map((z) =>
        picture(`${base}/${z}/prediction`, probability, {
          ...{ shapeVox, z, level: hasteLevel },
        })
      ),
    ];
  }

  #follow(
    base: string,
    { patch, shapeVox }: { readonly patch: Patch; readonly shapeVox: Zyx },
  ): Followed {
    const known = this.#followed.get(base);
    if (known) return known;
    const zs = sectionsToFollow(patch, this.#most);
    const still = zs.flatMap((z) => [
      picture(`${base}/${z}/raw`, patch.image, { shapeVox, z }),
      picture(`${base}/${z}/truth`, patch.target, { shapeVox, z }),
    ]);
    this.#followed.set(base, { zs, still });
    return { zs, still };
  }
}

/** The sections of a volume that are shown, and their pictures that stay. */
interface Followed {
  readonly zs: readonly number[];
  readonly still: readonly Content[];
}

/** Some sections that hold a cleft, evenly among these; of a volume without, among all. */
export function sectionsToFollow(
  { target, mask, shapeVox: [depth, height, width] }: Patch,
  most: number,
): readonly number[] {
  const size = height * width;
  const all = Array.from({ length: depth }, (_, z) => z);
  const holding = all.filter((z) => {
    for (let i = z * size; i < (z + 1) * size; i++) {
      if (target[i] !== 0 && mask[i] !== 0) return true;
    }
    return false;
  });
  const among = holding.length > 0 ? holding : all;
  const count = Math.min(most, among.length);
  return Array.from(
    { length: count },
    (_, i) => among[Math.floor((i + 0.5) * among.length / count)]!,
  );
}

function picture(
  name: string,
  values: Float32Array | Uint8Array,
  section: DrawnSection,
): Content {
  const content = sectionPng(values, section);
  return { name: `${name}.png`, mediaType: "image/png", content };
}
