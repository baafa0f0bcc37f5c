import { outline, overlayPixels } from "./overlay.js";

/** Pictures by hash, decoded once. */
export class PictureStore {
  constructor(images) {
    this.images = images;
    this.decoded = new Map();
  }

  /** Goes on with other pictures; those of before that are among them stay decoded. */
  take(images) {
    this.images = images;
    for (const key of this.decoded.keys()) {
      if (!(key in images)) this.decoded.delete(key);
    }
  }

  ofSection({ raw, truth, prediction }) {
    return Promise.all(
      [raw, truth, prediction].map((key) =>
        key === null ? null : this.get(key)
      ),
    );
  }

  /** What another run says of a section, and at which threshold, to compare with. */
  async ofRival({ section, threshold }) {
    return { ...await this.get(section.prediction), threshold };
  }

  get(key) {
    if (!this.decoded.has(key)) this.decoded.set(key, this.read(key));
    return this.decoded.get(key);
  }

  async read(key) {
    const picture = await decodePng(this.images[key]);
    const { grey, width, height } = picture;
    let lines;
    return {
      ...picture,
      key,
      overlays: new Map(),
      outline: () => lines ??= outline(grey, width, height),
    };
  }
}

/** A PNG as a canvas and as grey bytes. */
export async function decodePng(base64) {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const { width, height } = image;
  const canvas = blank(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const rgba = context.getImageData(0, 0, width, height).data;
  const grey = Uint8Array.from(
    { length: rgba.length / 4 },
    (_, i) => rgba[4 * i],
  );
  return { width, height, canvas, grey };
}

/** The colours over a section as a canvas, made once for each way to show it. */
export function overlayOf(prediction, look) {
  const { truth, mode, threshold, rival } = look;
  const name = {
    heat: "",
    errors: threshold,
    difference: `${threshold} ${rival?.key} ${rival?.threshold}`,
  }[mode];
  const key = `${mode} ${name}`;
  let canvas = prediction.overlays.get(key);
  if (!canvas) {
    const { width, height, grey } = prediction;
    canvas = blank(width, height);
    const pixels = overlayPixels(grey, { ...look, truth: truth && truth.grey });
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
