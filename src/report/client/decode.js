/** The data a section left in a page, or null if the section is not there. */
export function readData(id, page = document) {
  const element = page.getElementById(id);
  return element && JSON.parse(element.textContent);
}

/** Steps and values of a curve that `encodePoints` packed. */
export function decodePoints({ x, y }) {
  const steps = [];
  let step = 0, part = 0, place = 1;
  for (const byte of bytesOf(x)) {
    part += (byte & 127) * place;
    place *= 128;
    if (byte >= 128) continue;
    step += part;
    steps.push(step);
    part = 0;
    place = 1;
  }
  const packed = bytesOf(y), whole = new DataView(new ArrayBuffer(4));
  const values = steps.map((_, i) => {
    for (let k = 0; k < 3; k++) whole.setUint8(k, packed[3 * i + k]);
    const value = whole.getFloat32(0);
    return Number.isFinite(value) ? value : null;
  });
  return { steps, values };
}

/** The curves of a panel with their points, decoded once: who draws them shares them. */
export function curvesOf(panel) {
  return panel.decoded ??= panel.curves.map(({ points, means, ...curve }) => ({
    ...curve,
    points: decodePoints(points),
    means: means && decodePoints(means),
  }));
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}
