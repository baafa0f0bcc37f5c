import type { EvaluatedCleft, EvaluatedSection } from "@/record/mod.ts";
import type { Page, PageRun, VolumeScores } from "./page.ts";
import { areSame } from "./paired_places.ts";

/** A run with what it did in every place of a volume. */
export interface PlacedRun {
  /** The run. */
  readonly run: PageRun;
  /** Every section. */
  readonly sections: readonly EvaluatedSection[];
  /** Every cleft of the truth. */
  readonly clefts: readonly EvaluatedCleft[];
}

/** The runs of a volume that were measured against the same clefts. */
export interface ComparedVolume extends Pick<VolumeScores, "split" | "volume"> {
  /** The best of them. */
  readonly best: PlacedRun;
  /** The others, best first. */
  readonly others: readonly PlacedRun[];
}

/** The volumes of which records tell every place. */
export function comparedPlaces(page: Page): ComparedVolume[] {
  return page.volumes.flatMap(({ split, volume, scores }) => {
    const placed = scores.flatMap(({ run }) =>
      run.evaluations
        .filter(({ record }) =>
          record.split === split && record.volume === volume
        )
        .flatMap(({ record: { everySection, clefts } }) =>
          everySection && clefts
            ? [{ run, sections: everySection, clefts }]
            : []
        )
    );
    const [best, ...others] = placed;
    if (!best || best.clefts.length === 0) return [];
    return [{
      split,
      volume,
      best,
      others: others.filter(({ clefts }) => areSame(best.clefts, clefts)),
    }];
  });
}
