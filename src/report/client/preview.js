import { startAddress } from "./address.js";
import { readData } from "./decode.js";
import { outline, truthColour } from "./overlay.js";
import { decodePng } from "./pictures.js";
import { markPlace } from "./place.js";
import { startPrinting } from "./print.js";
import { startTheme } from "./theme.js";

/** The pictures of a preview page: one slider moves through all patches. */
class Preview {
  constructor({ pictures, ...shape }) {
    this.shape = shape;
    this.pictures = pictures;
    this.decoded = new Map();
    this.slider = document.getElementById("preview-section");
    this.state = { z: Number(this.slider.value), mode: "after" };
    this.labels = document.getElementById("preview-labels");
    this.canvases = [...document.querySelectorAll("canvas.patch")];
    this.visible = new Set();
    this.listen();
  }

  listen() {
    this.slider.addEventListener("input", () => {
      this.choose(Number(this.slider.value));
    });
    this.labels.addEventListener("change", () => this.drawAll());
    for (const radio of document.querySelectorAll("[name=preview-mode]")) {
      radio.addEventListener("change", () => {
        this.state.mode = radio.value;
        this.drawAll();
      });
    }
    document.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by || event.target.closest("input, summary, pre")) return;
      event.preventDefault();
      this.choose(this.state.z + by);
    });
    for (const canvas of this.canvases) {
      const press = (isPressed) => () => {
        canvas.isPressed = isPressed;
        this.draw(canvas);
      };
      canvas.addEventListener("pointerdown", press(true));
      for (const end of ["pointerup", "pointerleave", "pointercancel"]) {
        canvas.addEventListener(end, press(false));
      }
    }
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) {
          this.visible.add(target);
          this.draw(target);
        } else this.visible.delete(target);
      }
    }, { rootMargin: "200px" });
    for (const canvas of this.canvases) observer.observe(canvas);
    // Paper shows every patch, and does not wait for one to be decoded.
    addEventListener(
      "load",
      () => this.pictures.forEach((_, i) => this.decode(i)),
    );
    addEventListener("beforeprint", () => {
      for (const canvas of this.canvases) this.draw(canvas);
    });
  }

  choose(z) {
    this.state.z = Math.min(this.shape.sections - 1, Math.max(0, z));
    this.meet();
    this.slider.value = this.state.z;
    const text = `z ${this.shape.firstSection + this.state.z}`;
    this.slider.setAttribute("aria-valuetext", text);
    this.slider.nextElementSibling.value = text;
    this.drawAll();
  }

  /** Has all pictures go with the slider, those too that begin where they have most to show. */
  meet() {
    for (const canvas of this.canvases) delete canvas.dataset.section;
    for (const tag of document.querySelectorAll(".patch-tag.is-section")) {
      tag.remove();
    }
  }

  drawAll() {
    for (const canvas of this.visible) this.draw(canvas);
  }

  async draw(canvas) {
    const turn = canvas.turn = (canvas.turn ?? 0) + 1;
    const { before, after, section } = canvas.dataset;
    const isBefore = !after || canvas.isPressed || this.state.mode === "before";
    const [image, labels] = await this.patch(isBefore ? before : after);
    const other = isBefore || this.state.mode !== "difference"
      ? null
      : (await this.patch(before))[0];
    if (turn !== canvas.turn) return; // something else was asked for meanwhile
    const { width, height } = this.shape;
    canvas.width = width;
    canvas.height = height;
    const size = width * height, from = (section ?? this.state.z) * size;
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(width, height);
    const hasLabels = this.labels.checked;
    const rgba = new Uint32Array(pixels.data.buffer);
    for (let i = 0; i < size; i++) {
      const grey = image[from + i];
      const value = other ? 128 + ((grey - other[from + i]) >> 1) : grey;
      const isHatched = hasLabels && labels[from + i] === 64 &&
        (i % width + Math.floor(i / width)) % 6 < 2;
      const red = isHatched ? 90 + value * 0.6 : value;
      const green = isHatched ? 40 + value * 0.6 : value;
      const blue = isHatched ? 60 : value;
      rgba[i] = 0xff000000 | blue << 16 | green << 8 | red;
    }
    context.putImageData(pixels, 0, 0);
    if (!hasLabels) return;
    this.contour(canvas, labels.subarray(from, from + size), size);
  }

  /** Redraws the picture larger, so that the contour is a fine line. */
  contour(canvas, section) {
    const { width, height } = this.shape;
    const scale = Math.max(1, Math.round(devicePixelRatio * 420 / width));
    const small = document.createElement("canvas");
    small.width = width;
    small.height = height;
    small.getContext("2d").drawImage(canvas, 0, 0);
    canvas.width = width * scale;
    canvas.height = height * scale;
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
    context.strokeStyle = `rgb(${truthColour})`;
    context.lineWidth = Math.max(1.5, scale / 2);
    context.beginPath();
    for (const line of outline(section, width, height)) {
      const [x0, y0, x1, y1] = line.map((n) => n * scale);
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
    }
    context.stroke();
  }

  /** Grey values and labels of a patch, by their numbers as `image labels`. */
  patch(numbers) {
    return Promise.all(numbers.split(" ").map((n) => this.decode(Number(n))));
  }

  decode(number) {
    if (!this.decoded.has(number)) {
      const picture = decodePng(this.pictures[number]);
      this.decoded.set(number, picture.then(({ grey }) => grey));
    }
    return this.decoded.get(number);
  }
}

document.documentElement.dataset.script = "";
startTheme();
startPrinting();
new Preview(readData("preview-data"));
markPlace();
startAddress();
