import { overlayOf } from "./pictures.js";

/** How tall a film is, in pixels. */
const filmHeight = 84;

/** One small picture for each section, with what the mode shows of a run. */
export class FilmStrip {
  constructor(element, { pictures, choose }) {
    this.element = element;
    this.pictures = pictures;
    this.choose = choose;
    element.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      choose(this.at + by);
      this.focus();
    });
  }

  /** Puts the focus on the film that is chosen. */
  focus() {
    this.element.querySelector("[aria-selected=true]").focus();
  }

  /** Shows the sections; `lookOf` says how one is drawn over. */
  fill(sections, lookOf) {
    const films = sections.map((section, i) => {
      const film = document.createElement("button");
      film.type = "button";
      film.className = "film";
      film.setAttribute("role", "option");
      const canvas = document.createElement("canvas");
      const text = document.createElement("span");
      const { z, dice } = section;
      text.textContent = `z ${z}${
        dice === null ? "" : ` · ${dice.toFixed(2)}`
      }`;
      film.append(canvas, text);
      film.addEventListener("click", () => this.choose(i));
      this.draw(canvas, section, lookOf(section));
      return film;
    });
    this.element.replaceChildren(...films);
    this.element.hidden = films.length < 2;
  }

  /** Marks a film, and scrolls the strip alone, not the page, so that it is seen. */
  mark(at) {
    this.at = at;
    const { element: strip } = this;
    for (const [i, film] of [...strip.children].entries()) {
      film.setAttribute("aria-selected", String(i === at));
      film.tabIndex = i === at ? 0 : -1;
      if (i !== at) continue;
      const left = film.offsetLeft - strip.offsetLeft;
      const right = left + film.offsetWidth;
      if (left < strip.scrollLeft) strip.scrollLeft = left;
      else if (right > strip.scrollLeft + strip.clientWidth) {
        strip.scrollLeft = right - strip.clientWidth;
      }
    }
  }

  async draw(canvas, section, { rival, ...look }) {
    const [raw, truth, prediction] = await this.pictures.ofSection(section);
    const beside = rival && await this.pictures.ofRival(rival);
    const width = Math.round(filmHeight * raw.width / raw.height);
    const ratio = devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = filmHeight * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${filmHeight}px`;
    const context = canvas.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(raw.canvas, 0, 0, canvas.width, canvas.height);
    context.globalAlpha = 0.85;
    context.drawImage(
      overlayOf(prediction, { ...look, truth, rival: beside }),
      ...[0, 0, canvas.width, canvas.height],
    );
  }
}
