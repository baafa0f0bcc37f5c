import { keepInAddress } from "./address.js";
import { readData } from "./decode.js";
import { Pane } from "./pane.js";
import { overlayOf, PictureStore } from "./pictures.js";

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

/** How far in, and about where, x y from 0 to 1. */
function zoomText({ zoom, centre }) {
  return zoom === 1 ? "" : [zoom, ...centre].map((n) => n.toFixed(2)).join(" ");
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
    keepInAddress("viewer-zoom", {
      read: () => zoomText(this.state),
      write: (text) => {
        const numbers = text.split(" ").map(Number);
        const isView = numbers.length === 3 && numbers.every(Number.isFinite);
        const [zoom, ...centre] = isView ? numbers : [1, 0.5, 0.5];
        this.zoomTo(zoom, centre);
      },
    });
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
      overlayOf(prediction, { truth, mode: this.state.mode, threshold }),
      0,
      0,
      canvas.width,
      canvas.height,
    );
  }
}
