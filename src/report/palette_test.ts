import assert from "node:assert/strict";
import { overlayPixels } from "./client/overlay.js";
import { palette, paletteCss } from "./palette.ts";

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const visions: Record<string, readonly (readonly number[])[]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

for (const [theme, { paper, colours }] of Object.entries(palette)) {
  for (const [vision, matrix] of Object.entries(visions)) {
    Deno.test(`palette keeps ${theme} colours apart for ${vision} vision`, () => {
      const seen = colours.map((colour) => {
        const rgb = linear(colour);
        return okLab(matrix.map((row) => clamp(dot(row, rgb))));
      });
      for (let i = 0; i < seen.length; i++) {
        for (let j = 0; j < i; j++) {
          const distance = Math.hypot(
            ...seen[i]!.map((v, k) => v - seen[j]![k]!),
          );
          assert(
            distance >= 0.1,
            `${colours[j]} and ${colours[i]} are ${distance.toFixed(3)} apart`,
          );
        }
      }
    });
  }

  Deno.test(`palette has a contrast of 3 with ${theme} paper`, () => {
    for (const colour of colours) {
      const [low, high] = [luminance(colour), luminance(paper)]
        .sort((a, b) => a - b);
      const contrast = (high! + 0.05) / (low! + 0.05);
      assert(contrast >= 3, `${colour} has ${contrast.toFixed(2)}`);
    }
  });
}

function linear(hex: string): number[] {
  return [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

function luminance(hex: string): number {
  return dot([0.2126, 0.7152, 0.0722], linear(hex));
}

/** Ottosson 2020. */
function okLab(rgb: readonly number[]): number[] {
  const lms = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ].map((row) => Math.cbrt(dot(row, rgb)));
  return [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ].map((row) => dot(row, lms));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, i) => sum + v * b[i]!, 0);
}

function clamp(v: number): number {
  return Math.min(1, Math.max(0, v));
}

Deno.test("paletteCss() gives legends the colours that are drawn over sections", () => {
  const pixels = overlayPixels(Uint8Array.of(255, 255, 0), {
    truth: Uint8Array.of(255, 0, 255),
    mode: "errors",
    threshold: 0.5,
    rival: null,
  });
  ["hit", "false", "missed"].forEach((name, i) => {
    const drawn = `--${name}:rgb(${pixels.subarray(4 * i, 4 * i + 3)})`;
    assert.ok(paletteCss().includes(drawn), drawn);
  });
});
