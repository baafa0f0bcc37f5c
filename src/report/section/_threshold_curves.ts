import type { EvaluationRecord, PrecisionRecallPoint } from "@/record/mod.ts";
import type { Page, PageRun } from "../page.ts";

/** Precision and recall of a run on a volume, a point for each threshold. */
export interface ThresholdCurve {
  /** The run. */
  readonly run: PageRun;
  /** What it was measured by. */
  readonly record: EvaluationRecord;
}

/** The curves that there are, best run first, a list for each volume. */
export function curvesByVolume(page: Page): ThresholdCurve[][] {
  return page.volumes.map(({ split, volume, scores }) =>
    scores.flatMap(({ run }) =>
      run.evaluations
        .filter(({ record }) =>
          record.split === split && record.volume === volume &&
          record.precisionRecall.length > 0
        )
        .map(({ record }) => ({ run, record }))
    )
  ).filter((curves) => curves.length > 0);
}

/** At most `most` points of a curve, from its first to its last; gaps left out. */
export function drawnPoints(
  { precisionRecall }: EvaluationRecord,
  most: number,
): readonly PrecisionRecallPoint[] {
  const points = precisionRecall.filter(isMeasured);
  if (points.length <= most) return points;
  return Array.from(
    { length: most },
    (_, i) => points[Math.round(i * (points.length - 1) / (most - 1))]!,
  );
}

/** The point of the curve nearest to the threshold that was used. */
export function chosenPoint(
  { metrics, precisionRecall }: EvaluationRecord,
): PrecisionRecallPoint | null {
  const { threshold } = metrics;
  if (typeof threshold !== "number") return null;
  const farness = (point: PrecisionRecallPoint) =>
    Math.abs(point.threshold - threshold);
  return precisionRecall.filter(isMeasured).reduce<PrecisionRecallPoint | null>(
    (best, point) => best && farness(best) <= farness(point) ? best : point,
    null,
  );
}

function isMeasured({ precision, recall }: PrecisionRecallPoint): boolean {
  return Number.isFinite(precision) && Number.isFinite(recall);
}
