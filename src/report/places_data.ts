import type { ComparedVolume } from "./compared_places.ts";

/** A volume's places as the page carries them, the best run first; `client/recount_places.js` reads it. */
export interface PlacesData {
  /** Every cleft: z, y, x and voxels. */
  readonly clefts: readonly (readonly number[])[];
  /** Every section that any run was measured in. */
  readonly sections: readonly number[];
  /** What each run did, best first. */
  readonly runs: readonly {
    /** Its number. */
    readonly run: number;
    /** Dice of each section to about five digits, null where it was not measured. */
    readonly dice: readonly (number | null)[];
    /** A digit a section: 1 where there is truth, 2 where anything is called cleft, 3 both. */
    readonly seen: string;
    /** A digit a cleft: 1 where it was found. */
    readonly found: string;
  }[];
}

/** Packs what runs did in every place of a volume. */
export function placesData({ best, others }: ComparedVolume): PlacesData {
  const runs = [best, ...others];
  const sections = [
    ...new Set(runs.flatMap(({ sections }) => sections.map(({ z }) => z))),
  ].sort((a, b) => a - b);
  return {
    clefts: best.clefts.map(({ atVox, sizeVox }) => [...atVox, sizeVox]),
    sections,
    runs: runs.map(({ run, sections: own, clefts }) => {
      const byZ = new Map(own.map((section) => [section.z, section]));
      const placed = sections.map((z) => byZ.get(z));
      return {
        run: run.index,
        dice: placed.map((one) =>
          one && Number.isFinite(one.dice)
            ? Number(one.dice.toPrecision(5))
            : null
        ),
        seen: placed.map((one) =>
          Number((one?.truthVox ?? 0) > 0) +
          2 * Number((one?.predictedVox ?? 0) > 0)
        ).join(""),
        found: clefts.map(({ foundVox }) => Number(foundVox > 0)).join(""),
      };
    }),
  };
}
