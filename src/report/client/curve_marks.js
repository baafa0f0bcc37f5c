import { short } from "./format.js";

/** Where each floor is seen between two values: its line, or the edge beyond which it lies. */
export function floorsSeen({ min, max }, floors) {
  return floors.map((value) => {
    const beyond = value > max ? "above" : value < min ? "below" : null;
    const text = `darkness ${short(value)}`;
    return {
      value: Math.min(max, Math.max(min, value)),
      isLine: beyond === null,
      text: beyond === null
        ? text
        : `${text} ${beyond === "above" ? "↑" : "↓"}`,
    };
  });
}

/** Draws the floors, and rings around the best checkpoints. */
export function drawMarks(u, { floors, rings, colours }) {
  const { ctx, bbox: { left, top, width, height } } = u;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.font = `${10.5 * ratio}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = "right";
  ctx.lineWidth = ratio;
  for (const { value, isLine, text } of floorsSeen(u.scales.y, floors)) {
    const at = Math.round(u.valToPos(value, "y", true));
    ctx.strokeStyle = ctx.fillStyle = colours.text;
    ctx.setLineDash([5 * ratio, 4 * ratio]);
    ctx.beginPath();
    if (isLine) {
      ctx.moveTo(left, at);
      ctx.lineTo(left + width, at);
    }
    ctx.stroke();
    const isHigh = at - top < 16 * ratio;
    ctx.textBaseline = isHigh ? "top" : "bottom";
    const gap = (isHigh ? 3 : -3) * ratio;
    ctx.setLineDash([]);
    ctx.lineWidth = 3 * ratio;
    ctx.strokeStyle = colours.surface;
    ctx.strokeText(text, left + width - 3 * ratio, at + gap);
    ctx.fillText(text, left + width - 3 * ratio, at + gap);
    ctx.lineWidth = ratio;
  }
  ctx.restore();
  ctx.save();
  ctx.lineWidth = 1.75 * ratio;
  for (const { x, y, colour } of rings) {
    const at = [u.valToPos(x, "x", true), u.valToPos(y, "y", true)];
    if (at[0] < left || at[0] > left + width) continue; // zoomed out of sight
    ctx.beginPath();
    ctx.arc(...at, 6 * ratio, 0, 2 * Math.PI);
    ctx.strokeStyle = colours.runs[colour];
    ctx.stroke();
  }
  ctx.restore();
}
