/** What a voxel is called by the truth and the prediction at a threshold. */
export function outcome(isTrue, isCalled) {
  if (isTrue) return isCalled ? "hit" : "missed";
  return isCalled ? "false" : "none";
}

/** The colour of the outline of the truth, red, green and blue as those below. */
export const truthColour = [25, 211, 243];

/** The colours of outcomes. */
export const outcomeColours = {
  hit: [74, 168, 255],
  false: [255, 90, 31],
  missed: [99, 230, 160],
};

/** Dark violet over red to yellow: brightness rises with probability. */
export const heatStops = [
  [58, 13, 87],
  [179, 37, 90],
  [242, 112, 42],
  [255, 231, 94],
];

/** The colour of a probability from 0 to 1. */
export function heat(probability) {
  const at = probability * (heatStops.length - 1);
  const i = Math.min(heatStops.length - 2, Math.floor(at));
  return heatStops[i].map((from, c) =>
    Math.round(from + (heatStops[i + 1][c] - from) * (at - i))
  );
}

/**
 * The colours over a section as RGBA bytes. `heat` is as opaque as the
 * probability is high; `errors` are opaque where truth or prediction says cleft;
 * a `difference` where the prediction does and its rival does not. Grey values
 * are bytes; thresholds are from 0 to 1.
 */
export function overlayPixels(
  prediction,
  { truth, mode, threshold, rival },
) {
  const pixels = new Uint8ClampedArray(prediction.length * 4);
  const heats = Array.from({ length: 256 }, (_, i) => heat(i / 255));
  for (let i = 0; i < prediction.length; i++) {
    const value = prediction[i];
    if (mode === "heat") {
      pixels.set(heats[value], i * 4);
      pixels[i * 4 + 3] = Math.min(255, value * 1.3);
      continue;
    }
    const isCalled = calls(value, threshold);
    const isAlone = isCalled && rival && !calls(rival.grey[i], rival.threshold);
    if (mode === "difference" && !isAlone) continue;
    const kind = outcome(truth !== null && truth[i] > 127, isCalled);
    if (kind === "none") continue;
    pixels.set(outcomeColours[kind], i * 4);
    pixels[i * 4 + 3] = 255;
  }
  return pixels;
}

/** Whether a grey value counts as cleft; pictures hold rounded probabilities. */
export function calls(value, threshold) {
  return value >= threshold * 255 - 0.5;
}

/** The edges between truth and the rest as lines `[x0, y0, x1, y1]` in pixels. */
export function outline(truth, width, height) {
  const lines = [];
  const isIn = (x, y) =>
    x >= 0 && y >= 0 && x < width && y < height && truth[y * width + x] > 127;
  for (let y = 0; y <= height; y++) {
    for (let x = 0, from = -1; x <= width; x++) {
      const isEdge = x < width && isIn(x, y) !== isIn(x, y - 1);
      if (isEdge && from < 0) from = x;
      if (!isEdge && from >= 0) {
        lines.push([from, y, x, y]);
        from = -1;
      }
    }
  }
  for (let x = 0; x <= width; x++) {
    for (let y = 0, from = -1; y <= height; y++) {
      const isEdge = y < height && isIn(x, y) !== isIn(x - 1, y);
      if (isEdge && from < 0) from = y;
      if (!isEdge && from >= 0) {
        lines.push([x, from, x, y]);
        from = -1;
      }
    }
  }
  return lines;
}

/** The longest of 1, 2, 5, 10 … nanometres that fits a quarter of the extent. */
export function scaleBarNm(extentNm) {
  const most = extentNm / 4;
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((n) => n * power).find((n) => n <= most);
}
