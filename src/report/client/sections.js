import { keepInAddress } from "./address.js";
import { readData } from "./decode.js";
import { FilmStrip } from "./film_strip.js";
import { Pane } from "./pane.js";
import { PictureStore } from "./pictures.js";
import { onRuns, shownRuns } from "./runs.js";
import { inOrder, medianSection, placeAmong } from "./section_order.js";

/** The viewer of sections: grey values, truth and predictions over one another; null without any. */
export function startSections() {
  const data = readData("viewer-data");
  return data && new SectionViewer(data);
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
    this.strip = new FilmStrip(document.getElementById("viewer-strip"), {
      pictures: this.pictures,
      choose: (at) => this.show(at),
    });
    this.when = document.getElementById("viewer-when");
    this.readout = document.getElementById("viewer-readout");
    this.panes = [...document.querySelectorAll(".pane")]
      .map((element) => new Pane(element, this));
    this.listen();
    this.openVolume();
    onRuns(() => this.changeRuns(() => this.offerRuns()));
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

  /** The runs that panes show, the first one twice where its grey values stand beside it. */
  get runs() {
    return this.panes.map(({ run }) =>
      this.volume.runs[run ?? this.panes[1].run]
    );
  }

  /** The sections of the first run, in the order that was asked for. */
  get sections() {
    return inOrder(this.runs[0].sections, this.state.order);
  }

  /** What stands beside a pane's section, if another run does. */
  rivalOf(pane, z) {
    const other = this.panes.find((one) => one !== pane);
    if (pane.run === null || other.run === null) return null;
    const { sections, threshold } = this.volume.runs[other.run];
    const section = sections.find((one) => one.z === z);
    return section ? { section, threshold } : null;
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
      const isByDepth = select.value === "depth";
      this.choose(isByDepth ? this.indexOf(z) : 0);
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
  }

  openVolume() {
    this.offerRuns();
    this.state.zoom = 1;
    const median = this.indexOf(medianSection(this.runs).z);
    this.state.section = this.state.order === "depth" ? median : 0;
    this.redraw();
  }

  /** Lets choose among the runs that the page shows, or all if none of them is pictured. */
  offerRuns() {
    const all = [...this.volume.runs.entries()];
    const shown = all.filter(([, { run }]) => !shownRuns.hidden.has(run));
    document.getElementById("viewer-unpictured").hidden = shown.length > 0;
    const offered = shown.length > 0 ? shown : all;
    for (const pane of this.panes) pane.offerRuns(offered);
  }

  /** Changes which runs are seen, not the section, where they have it. */
  changeRuns(change) {
    const { z } = this.sections[this.state.section];
    change();
    this.state.section = this.indexOf(z);
    this.redraw();
  }

  /** The place of a section, or of the first one if there is none. */
  indexOf(z) {
    return Math.max(0, this.sections.findIndex((one) => one.z === z));
  }

  /** Takes the pictures of a further validation of its one run; the view stays. */
  take({ volumes, images }) {
    const { z } = this.sections[this.state.section];
    const hasFocus = this.strip.element.contains(document.activeElement);
    this.volumes = volumes;
    this.pictures.take(images);
    this.offerRuns();
    this.state.section = this.indexOf(z);
    this.redraw();
    if (hasFocus) this.strip.focus();
  }

  redraw() {
    this.slider.max = this.sections.length - 1;
    this.drawStrip();
    this.draw();
  }

  choose(at) {
    const { sections, state } = this;
    state.section = Math.min(sections.length - 1, Math.max(0, at));
    const section = sections[state.section], { z, dice } = section;
    this.slider.value = state.section;
    const text = `z ${z}${dice === null ? "" : `, Dice ${dice.toFixed(3)}`}` +
      placeAmong(sections, section);
    this.slider.setAttribute("aria-valuetext", text);
    this.slider.nextElementSibling.value = text;
    this.strip.mark(state.section);
  }

  show(at) {
    this.choose(at);
    this.draw();
  }

  zoomTo(zoom, centre = this.state.centre) {
    const { state } = this;
    state.zoom = Math.min(16, Math.max(1, zoom));
    const margin = 0.5 / state.zoom;
    state.centre = centre.map((c) => Math.min(1 - margin, Math.max(margin, c)));
    this.draw();
  }

  /** Says of which runs the pictures are older than their end will be. */
  tellWhen() {
    const runs = [...new Set(this.runs)].filter(({ onTheWay }) => onTheWay);
    const text = runs.map(({ label, onTheWay: { step, score } }) =>
      `${label} after step ${step}, ${score}`
    ).join("; ");
    this.when.hidden = runs.length === 0;
    const told = this.when.firstElementChild;
    if (told.textContent !== text) told.textContent = text; // or it is read again
  }

  draw() {
    this.tellWhen();
    const { z } = this.sections[this.state.section];
    for (const pane of this.panes) pane.draw(z);
  }

  drawStrip() {
    const pane = this.panes.find(({ run }) => run !== null);
    const { threshold } = this.volume.runs[pane.run];
    const { mode } = this.state;
    this.strip.fill(this.sections, ({ z }) => ({
      ...{ mode, threshold, rival: this.rivalOf(pane, z) },
    }));
    this.choose(this.state.section);
  }
}
