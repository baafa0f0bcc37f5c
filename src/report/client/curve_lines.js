import { bandOf, valuesAt } from "./bands.js";
import { leastSmoothed, smooth } from "./smooth.js";

/**
 * From here on, lines are thin and what was measured is not drawn behind them;
 * nor is it where several runs have training beside validation.
 */
const manyLines = 12;

/**
 * What a panel draws of its curves, as tables and series of uPlot: a line for
 * each run, or for the seeds of a group with a band around their mean. `behind`
 * are curves of the loss, thin and on a scale of their own.
 */
export class CurveLines {
  constructor(curves, { view, splits, behind }) {
    this.view = view;
    this.isValidated = splits.includes("validation");
    this.tables = [];
    this.series = [{ label: view.abscissa.label }];
    this.bands = [];
    this.rings = []; // best checkpoints: x, y and a colour
    const all = linesOf(curves, view);
    const ofTraining = all.filter(({ isTraining }) => isTraining);
    const others = all.filter(({ isTraining }) => !isTraining);
    this.lines = [...others, ...ofTraining];
    const count = Math.max(others.length, ofTraining.length);
    this.isMany = count > manyLines;
    this.isCrowded = this.isMany || ofTraining.length > 0 && count > 1;
    const lossLines = linesOf(behind, view);
    this.hasLoss = lossLines.length > 0;
    for (const line of lossLines.toReversed()) this.addBehind(line);
    for (const line of this.lines.toReversed()) { // the first one on top
      if (line.curves.length > 1) this.addBand(line);
      else this.addCurve(line);
    }
    if (this.tables.length === 0) {
      this.tables.push({ steps: [], values: [] });
      this.series.push({ show: false });
    }
  }

  /** The columns of a plot; what a log scale cannot show is left out. */
  columns() {
    const { isLog } = this.view;
    const shown = (value) => isLog && !(value > 0) ? null : value;
    return uPlot.join(this.tables.map(({ steps, values }) => [
      steps,
      values.map(shown),
    ]));
  }

  /** The first and the last place of all. */
  extent() {
    const ends = this.tables.flatMap(({ steps }) => [
      ...steps.slice(0, 1),
      ...steps.slice(-1),
    ]);
    return ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
  }

  addCurve(line) {
    const [curve] = line.curves;
    const isSmoothed = this.isSmoothed(curve);
    if (isSmoothed && !this.isCrowded) {
      this.add(this.placed(curve, curve.points), {
        ...this.look(line),
        isFaint: true,
        alpha: 0.22,
        width: 1,
        dash: [],
        points: { show: false },
      });
    }
    const drawn = this.drawn(curve);
    this.add(drawn, this.look(line));
    this.ring(line, drawn);
  }

  /** Marks where the best checkpoint of each run lies on their line. */
  ring({ curves, colour }, drawn) {
    for (const curve of curves) {
      const { best } = this.view.clocks[curve.run];
      if (best === undefined || !this.isValidated || curve.isTraining) continue;
      const [x] = this.placed(curve, { steps: [best], values: [0] }).steps;
      const [y] = valuesAt(drawn, [x]);
      if (y !== null) this.rings.push({ x, y, colour });
    }
  }

  addBand(line) {
    const { steps, mean, low, high } = bandOf(
      line.curves.map((curve) => this.drawn(curve)),
    );
    const edge = { isFaint: true, width: 0, points: { show: false } };
    this.add({ steps, values: high }, { ...edge });
    this.add({ steps, values: low }, { ...edge });
    const at = this.series.length - 1;
    const fill = this.view.colours.soft[line.colour];
    this.bands.push({ series: [at - 1, at], fill });
    this.add({ steps, values: mean }, {
      ...this.look(line),
      edges: [at, at - 1],
    });
    this.ring(line, { steps, values: mean });
  }

  addBehind(line) {
    const drawn = line.curves.map((curve) => this.drawn(curve));
    const { steps, mean } = bandOf(drawn);
    this.add({ steps, values: mean }, {
      ...this.look(line),
      ...{ scale: "loss", isFaint: true, alpha: 0.55, width: 1 },
      points: { show: false },
    });
  }

  add(table, series) {
    this.tables.push(table);
    this.series.push(series);
  }

  isSmoothed({ points }) {
    return this.view.weight > 0 && points.steps.length > leastSmoothed;
  }

  /** A curve as its line goes. */
  drawn(curve) {
    const points = this.isSmoothed(curve)
      ? smooth(curve.means ?? curve.points, this.view.weight)
      : curve.points;
    return this.placed(curve, points);
  }

  placed({ run }, points) {
    return this.view.abscissa.place(run, points);
  }

  look({ label, colour, dash, isTraining, curves: [{ points }] }) {
    const { colours } = this.view, share = isTraining ? 0.6 : 1;
    return {
      label,
      colour,
      stroke: colours.runs[colour],
      alpha: share * (this.isMany ? 0.75 : 1),
      width: share * (this.isMany ? 1 : 1.75),
      dash,
      spanGaps: false,
      points: {
        show: points.steps.length <= leastSmoothed,
        size: points.steps.length === 1 ? 7 : 4,
        fill: colours.runs[colour],
      },
    };
  }
}

/** What is drawn as one line: a run, or the seeds of a group, on one split. */
function linesOf(curves, { runs, groups, isSingle }) {
  const named = (label, isTraining) =>
    isTraining ? `${label}, training` : label;
  const single = (curve) => {
    const { isTraining } = curve, run = runs[curve.run];
    const label = named(run.label, isTraining);
    return { ...run, isTraining, label, curves: [curve] };
  };
  if (isSingle) return curves.map(single);
  const byGroup = Map.groupBy(
    curves,
    ({ run, isTraining }) => `${runs[run].group} ${isTraining}`,
  );
  return [...byGroup.values()].map((all) => {
    const seeds = all.filter(({ run }) => runs[run].counts);
    if (seeds.length < 2) return single(seeds[0] ?? all[0]);
    const looks = seeds.map(({ run }) => runs[run]);
    const [{ dash, group }] = looks, [{ isTraining }] = seeds;
    const isAlike = looks.every((look) => String(look.dash) === String(dash));
    return {
      ...looks[0],
      dash: isAlike ? dash : [],
      label: named(groups[group], isTraining),
      isTraining,
      curves: seeds,
    };
  });
}
