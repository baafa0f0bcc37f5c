import { calls, outcome, scaleBarNm, truthColour } from "./overlay.js";
import { overlayOf } from "./pictures.js";

/** One picture of the viewer. */
export class Pane {
  constructor(element, viewer) {
    this.viewer = viewer;
    this.canvas = element.querySelector("canvas");
    this.select = element.querySelector("[data-role=run]");
    this.facts = element.querySelector("[data-role=facts]");
    this.index = Number(element.dataset.pane);
    this.run = this.select ? 0 : null;
    this.drawing = 0;
    this.select?.addEventListener("change", () => {
      viewer.changeRuns(() => this.run = Number(this.select.value));
    });
    new ResizeObserver(() => requestAnimationFrame(() => this.paint())).observe(
      this.canvas,
    );
    this.listen();
  }

  /** Lets choose among runs, by their number; the one that is seen stays if it is among them. */
  offerRuns(offered) {
    if (!this.select) return;
    this.select.replaceChildren(
      ...offered.map(([i, run]) => new Option(optionName(run), i)),
    );
    const isKept = this.volume === this.viewer.volume &&
      offered.some(([i]) => i === this.run);
    this.volume = this.viewer.volume;
    if (!isKept) this.run = this.index === 0 ? offered[0][0] : second(offered);
    this.select.value = this.run;
  }

  async draw(z) {
    const { viewer } = this;
    const turn = ++this.drawing;
    const run = viewer.volume.runs[this.run ?? viewer.panes[1].run];
    const section = run.sections.find((s) => s.z === z);
    const rival = viewer.rivalOf(this, z);
    const loaded = section ? await viewer.pictures.ofSection(section) : null;
    const beside = rival && await viewer.pictures.ofRival(rival);
    if (turn !== this.drawing) return; // a later section was chosen meanwhile
    this.shown = loaded && { run, section, loaded, beside };
    this.facts.value = !section
      ? "no picture of this section"
      : this.run === null
      ? `z ${z}`
      : diceText(section, this.index === 1 ? rival?.section : null);
    this.canvas.setAttribute(
      "aria-label",
      `Section ${z}, ${this.run === null ? "grey values" : run.label}`,
    );
    this.paint();
  }

  paint() {
    const { canvas, viewer, shown } = this;
    const context = canvas.getContext("2d");
    if (!shown) {
      context.clearRect(0, 0, canvas.width, canvas.height);
      return;
    }
    const { run, beside, loaded: [raw, truth, prediction] } = shown;
    const { state } = viewer;
    const [heightNm, widthNm] = viewer.volume.extentNm;
    const aspect = heightNm / widthNm;
    const ratio = devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * ratio);
    const height = Math.round(width * aspect);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.aspectRatio = `${width} / ${height}`;
    }
    const scale = [
      width / raw.width * state.zoom,
      height / raw.height * state.zoom,
    ];
    const left = width / 2 - state.centre[0] * width * state.zoom;
    const top = height / 2 - state.centre[1] * height * state.zoom;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(scale[0], 0, 0, scale[1], left, top);
    context.imageSmoothingEnabled = scale[0] < 3;
    context.imageSmoothingQuality = "high";
    context.drawImage(raw.canvas, 0, 0);
    if (this.run !== null && state.hasPrediction) {
      context.globalAlpha = state.opacity;
      context.drawImage(
        overlayOf(prediction, {
          truth,
          mode: state.mode,
          threshold: run.threshold,
          rival: beside,
        }),
        0,
        0,
      );
      context.globalAlpha = 1;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (truth && state.hasTruth) {
      context.beginPath();
      for (const [x0, y0, x1, y1] of truth.outline()) {
        context.moveTo(x0 * scale[0] + left, y0 * scale[1] + top);
        context.lineTo(x1 * scale[0] + left, y1 * scale[1] + top);
      }
      context.strokeStyle = `rgb(${truthColour})`;
      context.lineWidth = 1.25 * ratio;
      context.stroke();
    }
    scaleBar(context, widthNm / state.zoom, width, height, ratio);
    canvas.classList.toggle("is-zoomed", state.zoom > 1);
  }

  listen() {
    const { canvas, viewer } = this;
    const { state } = viewer;
    let from = null;
    canvas.addEventListener("pointerdown", (event) => {
      if (state.zoom <= 1) return;
      from = { x: event.offsetX, y: event.offsetY, centre: state.centre };
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) {
        this.readAt(event);
        return;
      }
      viewer.zoomTo(state.zoom, [
        from.centre[0] -
        (event.offsetX - from.x) / canvas.clientWidth / state.zoom,
        from.centre[1] -
        (event.offsetY - from.y) / canvas.clientHeight / state.zoom,
      ]);
    });
    canvas.addEventListener("pointerup", () => from = null);
    canvas.addEventListener("pointercancel", () => from = null);
    canvas.addEventListener("pointerleave", () => viewer.readout.value = "");
    canvas.addEventListener("dblclick", (event) => {
      viewer.zoomTo(state.zoom * 2, this.placeOf(event));
    });
    canvas.addEventListener("keydown", (event) => {
      const [x, y] = state.centre, step = 0.1 / state.zoom;
      const act = {
        "+": () => viewer.zoomTo(state.zoom * 1.6),
        "=": () => viewer.zoomTo(state.zoom * 1.6),
        "-": () => viewer.zoomTo(state.zoom / 1.6),
        0: () => viewer.zoomTo(1),
        ArrowLeft: () => viewer.zoomTo(state.zoom, [x - step, y]),
        ArrowRight: () => viewer.zoomTo(state.zoom, [x + step, y]),
        ArrowUp: () => viewer.zoomTo(state.zoom, [x, y - step]),
        ArrowDown: () => viewer.zoomTo(state.zoom, [x, y + step]),
      }[event.key];
      if (!act || (event.key.startsWith("Arrow") && state.zoom === 1)) return;
      event.preventDefault();
      act();
    });
  }

  /** Where in the section a pointer is, x y from 0 to 1. */
  placeOf({ offsetX, offsetY }) {
    const { canvas, viewer: { state } } = this;
    return [
      state.centre[0] + (offsetX / canvas.clientWidth - 0.5) / state.zoom,
      state.centre[1] + (offsetY / canvas.clientHeight - 0.5) / state.zoom,
    ];
  }

  readAt(event) {
    const { shown, viewer } = this;
    if (!shown) return;
    const { run, section, beside, loaded: [raw, truth, prediction] } = shown;
    const place = this.placeOf(event);
    const x = Math.floor(place[0] * raw.width);
    const y = Math.floor(place[1] * raw.height);
    if (x < 0 || y < 0 || x >= raw.width || y >= raw.height) return;
    const i = y * raw.width + x;
    const isTrue = truth !== null && truth.grey[i] > 127;
    const say = ({ grey, threshold }) =>
      `${(grey[i] / 255).toFixed(2)}, ${
        outcomeWords[outcome(isTrue, calls(grey[i], threshold))]
      }`;
    const [height, width] = viewer.volume.extentVox;
    const [y0, x0] = [place[1] * height, place[0] * width].map(Math.floor);
    const own = say({ grey: prediction.grey, threshold: run.threshold });
    viewer.readout.value =
      `z ${section.z}, y ${y0}, x ${x0}: probability ${own}${
        beside ? `; beside it ${say(beside)}` : ""
      }`;
  }
}

/** What a run is called, with the step that its pictures are of, if it is on its way. */
function optionName({ label, onTheWay }) {
  return onTheWay ? `${label}, step ${onTheWay.step}` : label;
}

const outcomeWords = {
  hit: "found",
  false: "false",
  missed: "missed",
  none: "background",
};

/** The best run of another plan than the first one's, if there is one; else the next. */
function second([[first, { group }], ...others]) {
  const other = others.find(([, run]) => run.group !== group) ?? others[0];
  return other ? other[0] : first;
}

/** Dice of a section, and how much more than another run's. */
function diceText({ dice }, other) {
  if (dice === null) return "";
  const text = `Dice ${dice.toFixed(3)}`;
  if (typeof other?.dice !== "number") return text;
  const more = dice - other.dice;
  const sign = more < 0 ? "−" : "+";
  return `${text} (${sign}${Math.abs(more).toFixed(3)})`;
}

function scaleBar(context, widthNm, width, height, ratio) {
  const lengthNm = scaleBarNm(widthNm);
  const length = lengthNm / widthNm * width;
  const text = lengthNm >= 1000 ? `${lengthNm / 1000} µm` : `${lengthNm} nm`;
  const x = width - 12 * ratio - length, y = height - 14 * ratio;
  context.fillStyle = "#000a";
  context.fillRect(
    x - 7 * ratio,
    y - 19 * ratio,
    length + 14 * ratio,
    29 * ratio,
  );
  context.fillStyle = "#fff";
  context.fillRect(x, y, length, 3 * ratio);
  context.font = `${11 * ratio}px sans-serif`;
  context.textAlign = "center";
  context.fillText(text, x + length / 2, y - 5 * ratio);
}
