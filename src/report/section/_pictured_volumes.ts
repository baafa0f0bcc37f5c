import { metricLabel } from "@/metric/mod.ts";
import type { SectionsRecord } from "@/record/mod.ts";
import type { PicturedSections } from "../data.ts";
import { formatNumber } from "../format.ts";
import { factsOf, type Page, type PageRun } from "../page.ts";
import { splitOrder } from "../volume_scores.ts";

/** What `client/sections.js` shows of one volume. */
export interface PicturedVolume {
  readonly label: string;
  /** Extent of a section in voxels, y x; pictures may be smaller. */
  readonly extentVox: readonly [number, number];
  /** Extent of a section in nanometres, y x. */
  readonly extentNm: readonly [number, number];
  readonly runs: readonly PicturedRun[];
}

/** What it shows of a run there. */
export interface PicturedRun {
  readonly run: number;
  readonly label: string;
  /** Runs that differ in nothing but the seed have the same. */
  readonly group: number;
  readonly threshold: number;
  /** Of which validation the pictures are, if not of the best weights: the step, and a score. */
  readonly onTheWay?: { readonly step: string; readonly score: string };
  readonly sections: readonly {
    readonly z: number;
    readonly dice: number | null;
    readonly raw: string;
    readonly truth: string | null;
    readonly prediction: string;
  }[];
}

/** The volumes of which pictures are there: the best run first, those on their way last. */
export function picturedVolumes(page: Page): PicturedVolume[] {
  const evaluated = page.volumes.flatMap(({ split, volume, scores }) =>
    scores.flatMap(({ run }) =>
      run.evaluations
        .filter(({ record }) =>
          record.split === split && record.volume === volume
        )
        .map((shown) => ({ shown, run, isOnTheWay: false }))
    )
  );
  const onTheWay = page.runs.flatMap((run) =>
    (run.onTheWay ?? []).map((shown) => ({ shown, run, isOnTheWay: true }))
  );
  const all = [...evaluated, ...onTheWay].flatMap((one) => {
    const sections = sectionsOf(page, one.shown);
    return sections.length === 0 ? [] : { ...one, sections };
  });
  const volumes = Map.groupBy(
    all,
    ({ shown: { record } }) =>
      `${splitOrder.indexOf(record.split)} ${record.volume}`,
  );
  return [...volumes].toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([, shown]) => {
      const { split, volume, shapeVox, voxelNm } = shown[0]!.shown.record;
      const [, height, width] = shapeVox;
      return {
        label: `${metricLabel(split)} · ${volume}`,
        extentVox: [height, width],
        extentNm: [height * voxelNm[1], width * voxelNm[2]],
        runs: shown.map(({ shown: { record }, run, isOnTheWay, sections }) => ({
          run: run.index,
          label: run.label,
          group: run.group,
          threshold: record.metrics["threshold"] ?? 0.5,
          ...isOnTheWay && { onTheWay: whenOf(page, { record, run }) },
          sections,
        })),
      };
    });
}

/** The sections whose pictures the page holds. */
function sectionsOf(
  { data }: Page,
  { record, pictures }: PicturedSections,
): PicturedRun["sections"] {
  const known = (key: string | null) =>
    key !== null && data.pictures.has(key) ? key : null;
  return pictures.flatMap((picture) => {
    const raw = known(picture.raw);
    const prediction = known(picture.prediction);
    if (!raw || !prediction) return [];
    const dice = record.sections.find(({ z }) => z === picture.z)?.dice ?? null;
    const truth = known(picture.truth);
    return [{ z: picture.z, dice, raw, truth, prediction }];
  });
}

/** The step of a validation on the way, and what the run is ranked by there. */
function whenOf(
  page: Page,
  { record, run }: {
    readonly record: SectionsRecord;
    readonly run: Pick<PageRun, "run">;
  },
): NonNullable<PicturedRun["onTheWay"]> {
  const { name } = run.run.ranking;
  const { label, unit } = factsOf(page, name);
  return {
    step: formatNumber(record.step),
    score: `${label} ${formatNumber(record.metrics[name] ?? null, unit)}`,
  };
}
