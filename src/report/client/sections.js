import { readData } from "./decode.js";
import {
  outcome,
  outline,
  overlayPixels,
  scaleBarNm,
  truthColour,
} from "./overlay.js";

/** The viewer of sections: grey values, truth and predictions over one another. */
export function startSections() {
  const data = readData("viewer-data");
  if (data) new SectionViewer(data);
}

/** How good a section is, for sorting; one without clefts is in the middle. */
const goodness = ({ dice }) => dice ?? 0.5;

/** Sections by depth, or by Dice, the worst or the best first. */
function inOrder(sections, order) {
  const by = {
    depth: (a, b) => a.z - b.z,
    worst: (a, b) => goodness(a) - goodness(b) || a.z - b.z,
    best: (a, b) => goodness(b) - goodness(a) || a.z - b.z,
  }[order];
  return [...sections].sort(by);
}

/** ", worst" or ", best" of a section that is. */
function placeOf(sections, at) {
  if (sections.length < 2) return "";
  const ranked = inOrder(sections, "worst");
  if (sections[at] === ranked[0]) return ", worst";
  return sections[at] === ranked.at(-1) ? ", best" : "";
}

class SectionViewer {
  constructor({ volumes, images }) {
    this.volumes = volumes;
    this.pictures = new PictureStore(images);
    this.state = {
      volume: 0,
      section: 0,
      order: "depth",
      mode: "heat",
      hasTruth: true,
      hasPrediction: true,
      opacity: 0.75,
      zoom: 1,
      centre: [0.5, 0.5], // of the section, x y
    };
    this.slider = document.getElementById("viewer-section");
    this.strip = document.getElementById("viewer-strip");
    this.readout = document.getElementById("viewer-readout");
    this.panes = [...document.querySelectorAll(".pane")]
      .map((element) => new Pane(element, this));
    this.listen();
    this.openVolume();
  }

  get volume() {
    return this.volumes[this.state.volume];
  }

  /** The sections of the first run, in the order that was asked for. */
  get sections() {
    const { sections } = this.volume.runs[this.panes[0].run ?? 0];
    return inOrder(sections, this.state.order);
  }

  listen() {
    const on = (id, type, handle) =>
      document.getElementById(id)?.addEventListener(type, (event) => {
        handle(event.target);
        this.draw();
      });
    on(
      "viewer-section",
      "input",
      (slider) => this.choose(Number(slider.value)),
    );
    on("viewer-truth", "change", (box) => this.state.hasTruth = box.checked);
    on(
      "viewer-prediction",
      "change",
      (box) => this.state.hasPrediction = box.checked,
    );
    on("viewer-opacity", "input", (slider) => {
      this.state.opacity = Number(slider.value);
      slider.nextElementSibling.value = this.state.opacity.toFixed(2);
    });
    on("viewer-volume", "change", (select) => {
      this.state.volume = Number(select.value);
      this.openVolume();
    });
    on("viewer-order", "change", (select) => {
      const { z } = this.sections[this.state.section];
      this.state.order = select.value;
      this.choose(
        select.value === "depth"
          ? this.sections.findIndex((section) => section.z === z)
          : 0,
      );
      this.drawStrip();
    });
    for (const radio of document.querySelectorAll("[name=viewer-mode]")) {
      radio.addEventListener("change", () => {
        this.state.mode = radio.value;
        document.getElementById("viewer").dataset.mode = radio.value;
        this.draw();
        this.drawStrip();
      });
    }
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => {
        const to = { in: 1.6, out: 1 / 1.6, reset: 0 }[button.dataset.zoom];
        this.zoomTo(this.state.zoom * to);
      });
    }
    this.strip.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.choose(this.state.section + by);
      this.draw();
      this.strip.querySelector("[aria-selected=true]").focus();
    });
  }

  openVolume() {
    for (const pane of this.panes) pane.offerRuns();
    this.slider.max = this.sections.length - 1;
    this.state.zoom = 1;
    this.choose(this.state.order === "depth" ? this.middling() : 0);
    this.draw();
    this.drawStrip();
  }

  /** The place of the section of median Dice, of those that all panes have. */
  middling() {
    const { sections } = this;
    const runs = this.panes.map(({ run }) => this.volume.runs[run ?? 0]);
    const common = sections.filter(({ z }) =>
      runs.every((run) => run.sections.some((section) => section.z === z))
    );
    const ranked = inOrder(common.length > 0 ? common : sections, "worst");
    return sections.indexOf(ranked[Math.floor((ranked.length - 1) / 2)]);
  }

  choose(section) {
    const { sections, state } = this;
    state.section = Math.min(sections.length - 1, Math.max(0, section));
    const { z, dice } = sections[state.section];
    const place = placeOf(sections, state.section);
    this.slider.value = state.section;
    const text = `z ${z}${dice === null ? "" : `, Dice ${dice.toFixed(3)}`}` +
      (sections.length > 1 ? place : "");
    this.slider.setAttribute("aria-valuetext", text);
    this.slider.nextElementSibling.value = text;
    for (const [i, film] of [...this.strip.children].entries()) {
      film.setAttribute("aria-selected", String(i === state.section));
      film.tabIndex = i === state.section ? 0 : -1;
      if (i === state.section) this.followTo(film);
    }
  }

  /** Scrolls the strip alone, not the page, so that a film is seen. */
  followTo(film) {
    const { strip } = this;
    const left = film.offsetLeft - strip.offsetLeft;
    const right = left + film.offsetWidth;
    if (left < strip.scrollLeft) strip.scrollLeft = left;
    else if (right > strip.scrollLeft + strip.clientWidth) {
      strip.scrollLeft = right - strip.clientWidth;
    }
  }

  zoomTo(zoom, centre = this.state.centre) {
    const { state } = this;
    state.zoom = Math.min(16, Math.max(1, zoom));
    const margin = 0.5 / state.zoom;
    state.centre = centre.map((c) => Math.min(1 - margin, Math.max(margin, c)));
    this.draw();
  }

  draw() {
    const { z } = this.sections[this.state.section];
    for (const pane of this.panes) pane.draw(z);
  }

  /** One small picture for each section, with its errors or probabilities. */
  drawStrip() {
    const run = this.volume.runs[this.panes[0].run ?? 0];
    const films = this.sections.map(({ z }, i) => {
      const section = run.sections.find((s) => s.z === z);
      const film = document.createElement("button");
      film.type = "button";
      film.className = "film";
      film.setAttribute("role", "option");
      const canvas = document.createElement("canvas");
      const text = document.createElement("span");
      text.textContent = section
        ? `z ${z}${
          section.dice === null ? "" : ` · ${section.dice.toFixed(2)}`
        }`
        : `z ${z} · not pictured`;
      film.append(canvas, text);
      film.addEventListener("click", () => {
        this.choose(i);
        this.draw();
      });
      if (section) this.drawFilm(canvas, section, run.threshold);
      return film;
    });
    this.strip.replaceChildren(...films);
    this.strip.hidden = films.length < 2;
    this.choose(this.state.section);
  }

  async drawFilm(canvas, section, threshold) {
    const [raw, truth, prediction] = await this.pictures.ofSection(section);
    const height = 84, width = Math.round(height * raw.width / raw.height);
    const ratio = devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(raw.canvas, 0, 0, canvas.width, canvas.height);
    context.globalAlpha = 0.85;
    context.drawImage(
      overlayOf(prediction, truth, this.state.mode, threshold),
      0,
      0,
      canvas.width,
      canvas.height,
    );
  }
}

/** One picture of the viewer. */
class Pane {
  constructor(element, viewer) {
    this.viewer = viewer;
    this.canvas = element.querySelector("canvas");
    this.select = element.querySelector("[data-role=run]");
    this.facts = element.querySelector("[data-role=facts]");
    this.index = Number(element.dataset.pane);
    this.run = this.select ? 0 : null;
    this.drawing = 0;
    this.select?.addEventListener("change", () => {
      this.run = Number(this.select.value);
      if (this.index === 0) viewer.choose(viewer.state.section);
      viewer.draw();
      viewer.drawStrip();
    });
    new ResizeObserver(() => requestAnimationFrame(() => this.paint())).observe(
      this.canvas,
    );
    this.listen();
  }

  offerRuns() {
    if (!this.select) return;
    const { runs } = this.viewer.volume;
    this.select.replaceChildren(
      ...runs.map(({ label }, i) => new Option(label, i)),
    );
    // The best run, then the best of another plan, if there is one.
    const other = runs.findIndex(({ group }) => group !== runs[0].group);
    this.run = this.index === 0 || runs.length === 1 ? 0 : Math.max(1, other);
    this.select.value = this.run;
  }

  async draw(z) {
    const { viewer } = this;
    const turn = ++this.drawing;
    const run = viewer.volume.runs[this.run ?? 0];
    const section = run.sections.find((s) => s.z === z);
    const loaded = section ? await viewer.pictures.ofSection(section) : null;
    if (turn !== this.drawing) return; // a later section was chosen meanwhile
    this.shown = loaded && { run, section, loaded };
    this.facts.value = !section
      ? "no picture of this section"
      : this.run === null
      ? `z ${z}`
      : section.dice === null
      ? ""
      : `Dice ${section.dice.toFixed(3)}`;
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
    const { run, loaded: [raw, truth, prediction] } = shown;
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
        overlayOf(prediction, truth, state.mode, run.threshold),
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
    const { run, section, loaded: [raw, truth, prediction] } = shown;
    const place = this.placeOf(event);
    const x = Math.floor(place[0] * raw.width);
    const y = Math.floor(place[1] * raw.height);
    if (x < 0 || y < 0 || x >= raw.width || y >= raw.height) return;
    const i = y * raw.width + x;
    const value = prediction.grey[i];
    const words = {
      hit: "found",
      false: "false",
      missed: "missed",
      none: "background",
    };
    const isTrue = truth !== null && truth.grey[i] > 127;
    const [height, width] = viewer.volume.extentVox;
    const voxel = [place[1] * height, place[0] * width].map(Math.floor);
    viewer.readout.value = `z ${section.z}, y ${voxel[0]}, x ${
      voxel[1]
    }: probability ${(value / 255).toFixed(2)}, ${
      words[outcome(isTrue, value >= run.threshold * 255 - 0.5)]
    }`;
  }
}

/** Pictures by hash, decoded once. */
class PictureStore {
  constructor(images) {
    this.images = images;
    this.decoded = new Map();
  }

  ofSection({ raw, truth, prediction }) {
    return Promise.all(
      [raw, truth, prediction].map((key) =>
        key === null ? null : this.get(key)
      ),
    );
  }

  get(key) {
    if (!this.decoded.has(key)) this.decoded.set(key, this.decode(key));
    return this.decoded.get(key);
  }

  async decode(key) {
    const image = new Image();
    image.src = `data:image/png;base64,${this.images[key]}`;
    await image.decode();
    const { width, height } = image;
    const canvas = blank(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const rgba = context.getImageData(0, 0, width, height).data;
    const grey = new Uint8Array(width * height);
    for (let i = 0; i < grey.length; i++) grey[i] = rgba[i * 4];
    let lines;
    return {
      width,
      height,
      canvas,
      grey,
      overlays: new Map(),
      outline: () => lines ??= outline(grey, width, height),
    };
  }
}

/** The colours over a section as a canvas, made once for each way to show it. */
function overlayOf(prediction, truth, mode, threshold) {
  const key = `${mode} ${mode === "heat" ? "" : threshold}`;
  let canvas = prediction.overlays.get(key);
  if (!canvas) {
    const { width, height, grey } = prediction;
    canvas = blank(width, height);
    const pixels = overlayPixels(grey, truth && truth.grey, mode, threshold);
    canvas.getContext("2d").putImageData(
      new ImageData(pixels, width, height),
      0,
      0,
    );
    prediction.overlays.set(key, canvas);
  }
  return canvas;
}

function blank(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
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
