import { axesOf } from "./curve_axes.js";
import { saveButtons } from "./curve_file.js";
import { pressed } from "./curve_keys.js";
import { CurveLines } from "./curve_lines.js";
import { drawMarks } from "./curve_marks.js";
import { curvesOf } from "./decode.js";
import { shownRuns } from "./runs.js";
import { Tip } from "./tip.js";

/** A panel: a plot of a metric and its read-out. */
export class CurvePanel {
  constructor(element, panel, view) {
    this.panel = panel;
    this.element = element;
    this.view = view;
    this.curves = curvesOf(panel);
    this.tip = new Tip(element, { unit: panel.unit, view });
    this.rebuild();
    element.previousElementSibling.append(saveButtons(this));
    new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === this.plot.width || width === 0) return;
      requestAnimationFrame(() => this.plot.setSize({ width, height }));
    }).observe(element);
    element.addEventListener("keydown", (event) => {
      const { plot, lines } = this;
      if (pressed(event, { plot, view, extent: lines.extent() })) {
        event.preventDefault();
      }
    });
    element.addEventListener("blur", () => {
      this.plot.setCursor({ left: -10, top: -10 });
    });
  }

  rebuild() {
    const { element, view } = this;
    this.plot?.destroy();
    this.floors = this.panel.floors
      .filter(({ runs }) =>
        !runs || runs.some((run) => !shownRuns.hidden.has(run))
      )
      .map(({ value }) => value);
    this.lines = this.linesNow(view);
    this.plot = new uPlot(this.options(), this.lines.columns(), element);
    element.append(this.tip.element);
    this.showRange();
  }

  /** What is to be seen of the curves, in the colours of a view. */
  linesNow(view) {
    const { abscissa, loss } = view, { splits } = this.panel;
    const seen = (curves) =>
      curves.filter(({ run }) =>
        !shownRuns.hidden.has(run) && abscissa.isKnown(run)
      );
    const isAlone = splits.length === 1 && splits[0] === "validation";
    const behind = view.hasLoss && isAlone ? seen(loss) : [];
    return new CurveLines(seen(this.curves), { view, splits, behind });
  }

  /** Adds points that were measured since to a curve, and draws them. */
  append(curve, { steps, values }) {
    for (const points of [curve.points, curve.means]) {
      points?.steps.push(...steps);
      points?.values.push(...values);
    }
    const { view, lines } = this;
    this.lines = this.linesNow(view);
    if (this.lines.series.length !== lines.series.length) this.rebuild();
    else {
      this.plot.setData(this.lines.columns(), false);
      if (view.range === null) this.showRange();
      else this.plot.redraw();
    }
  }

  options() {
    const { view, element, lines, floors } = this;
    const font = "11px " + getComputedStyle(document.body).fontFamily;
    return {
      width: element.clientWidth,
      height: element.clientHeight,
      legend: { show: false },
      ...axesOf({ view, floors, font, hasLoss: lines.hasLoss }),
      series: lines.series,
      bands: lines.bands,
      focus: { alpha: lines.lines.length > 1 ? 0.35 : 1 },
      cursor: {
        sync: { key: "steps", setSeries: false, scales: ["x", null] },
        drag: { x: true, y: false, setScale: false },
        focus: { prox: 24 },
        points: { size: 7 },
        bind: {
          dblclick: () => () => {
            view.zoom(null);
            return null;
          },
        },
      },
      hooks: {
        draw: [
          (u) =>
            drawMarks(u, {
              floors,
              rings: this.lines.rings,
              colours: view.colours,
            }),
        ],
        setSelect: [(u) => this.selected(u)],
        setCursor: [(u) => this.tip.read(u)],
        setSeries: [(u, i) => {
          this.tip.near = i;
          this.tip.read(u);
        }],
      },
    };
  }

  selected(u) {
    const { left, width } = u.select;
    if (width < 4) return;
    u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    this.view.zoom([u.posToVal(left, "x"), u.posToVal(left + width, "x")]);
  }

  showRange() {
    const [low, high] = this.view.range ?? this.lines.extent();
    this.plot.setScale(
      "x",
      low < high ? { min: low, max: high } : { min: low - 1, max: low + 1 },
    );
  }
}
