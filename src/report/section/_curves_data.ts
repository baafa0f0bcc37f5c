import { metricLabel, validationLoss } from "@/metric/mod.ts";
import { type MetricSeries, type Split, thinSeries } from "@/record/mod.ts";
import { type EncodedPoints, encodePoints } from "../encode.ts";
import { stretchMeans } from "../means.ts";
import { factsOf, type Page } from "../page.ts";
import {
  type Curve,
  type Floor,
  floorsOf,
  type Panel,
  splitsOf,
} from "./_panels.ts";
import { clockOf, type RunClock } from "./_run_clock.ts";

/** What `client/curves.js` draws. */
export interface CurvesData {
  readonly panels: readonly {
    /** The metric. */
    readonly name: string;
    /** What its curves were measured on, training first. */
    readonly splits: readonly Split[];
    readonly label: string;
    readonly unit: string;
    /** Set where its curves of training can stand behind others of validation. */
    readonly isLoss?: true;
    readonly floors: readonly Floor[];
    readonly curves: readonly EncodedCurve[];
  }[];
  /** One a run of the page. */
  readonly clocks: readonly RunClock[];
}

interface EncodedCurve {
  readonly run: number;
  readonly points: EncodedPoints;
  /** What smoothing starts from, where the points were thinned. */
  readonly means?: EncodedPoints;
  /** Set where it is of training and stands beside validation. */
  readonly isTraining?: true;
}

/** Packs the curves of panels, at most so many points each. */
export function encodeCurves(
  page: Page,
  { panels, most }: {
    readonly panels: readonly Panel[];
    readonly most: number;
  },
): CurvesData {
  return {
    panels: panels.map((panel) => {
      const { name, curves, isConstant } = panel;
      const splits = splitsOf(panel);
      return {
        ...{ name, splits },
        label: metricLabel(name),
        unit: factsOf(page, name).unit,
        ...name === validationLoss.name && splits.includes("train") &&
          { isLoss: true },
        floors: floorsOf(page, panel),
        curves: curves.map(({ run, series }) => ({
          run: run.index,
          ...encode(isConstant ? ends(series) : series, most),
          ...splits.length > 1 && series.split === "train" &&
            { isTraining: true },
        })),
      };
    }),
    clocks: page.runs.map(clockOf),
  };
}

function encode(
  series: MetricSeries,
  most: number,
): Pick<EncodedCurve, "points" | "means"> {
  return {
    points: encodePoints(thinSeries(series, most)),
    ...isThinned(series, most) && {
      means: encodePoints(stretchMeans(series, Math.floor(most / 2))),
    },
  };
}

/** Whether a curve has too many points for all to be shown. */
export function isThinned({ values }: Curve["series"], most: number): boolean {
  return values.length > most;
}

/** The first and the last point. */
function ends(series: MetricSeries): MetricSeries {
  const { steps, values } = series;
  return {
    ...series,
    steps: [...new Set([steps[0]!, steps.at(-1)!])],
    values: [...new Set([0, values.length - 1])].map((i) => values[i]!),
  };
}
