import { metricLabel } from "@/metric/mod.ts";
import type { Page } from "../page.ts";

/** What `client/sections.js` shows of one volume. */
export interface PicturedVolume {
  readonly label: string;
  /** Extent of a section in voxels, y x; pictures may be smaller. */
  readonly extentVox: readonly [number, number];
  /** Extent of a section in nanometres, y x. */
  readonly extentNm: readonly [number, number];
  readonly runs: readonly {
    readonly run: number;
    readonly label: string;
    /** Runs that differ in nothing but the seed have the same. */
    readonly group: number;
    readonly threshold: number;
    readonly sections: readonly {
      readonly z: number;
      readonly dice: number | null;
      readonly raw: string;
      readonly truth: string | null;
      readonly prediction: string;
    }[];
  }[];
}

/** The volumes of which pictures are there, best run first. */
export function picturedVolumes(page: Page): PicturedVolume[] {
  const known = (key: string | null) =>
    key !== null && page.data.pictures.has(key) ? key : null;
  return page.volumes.flatMap(({ split, volume, scores }) => {
    const runs = scores.flatMap(({ run }) =>
      run.evaluations
        .filter(({ record }) =>
          record.split === split && record.volume === volume
        )
        .flatMap((evaluation) => {
          const sections = evaluation.pictures.flatMap((picture) => {
            const raw = known(picture.raw);
            const prediction = known(picture.prediction);
            if (!raw || !prediction) return [];
            const dice = evaluation.record.sections
              .find(({ z }) => z === picture.z)?.dice ?? null;
            const truth = known(picture.truth);
            return [{ z: picture.z, dice, raw, truth, prediction }];
          });
          const { metrics, shapeVox, voxelNm } = evaluation.record;
          return sections.length === 0 ? [] : [{
            run: run.index,
            label: run.label,
            group: run.group,
            threshold: metrics["threshold"] ?? 0.5,
            sections,
            shapeVox,
            voxelNm,
          }];
        })
    );
    const [first] = runs;
    if (!first) return [];
    const { shapeVox, voxelNm } = first;
    return [{
      label: `${metricLabel(split)} · ${volume}`,
      extentVox: [shapeVox[1], shapeVox[2]] as const,
      extentNm: [shapeVox[1] * voxelNm[1], shapeVox[2] * voxelNm[2]] as const,
      runs: runs.map(({ run, label, group, threshold, sections }) => ({
        run,
        label,
        group,
        threshold,
        sections,
      })),
    }];
  });
}
