import { encode } from "fast-png";
import { openRng, type Rng, sha256Hex } from "@/core/mod.ts";
import type { ReportData, SectionPictures } from "./data.ts";
import {
  fallingLoss,
  makeEvaluation,
  makeReport,
  makeRunData,
  makeSeries,
} from "./_testing.ts";

/** The pictures of one section by hash, of grey bytes. */
function addPictures(
  pictures: Map<string, Uint8Array>,
  { z, width, planes }: {
    readonly z: number;
    readonly width: number;
    readonly planes: Readonly<
      Record<"raw" | "truth" | "prediction", Uint8Array>
    >;
  },
): SectionPictures {
  const add = (data: Uint8Array) => {
    const png = encode({
      width,
      height: data.length / width,
      data,
      depth: 8,
      channels: 1,
    });
    const key = sha256Hex(png);
    pictures.set(key, png);
    return key;
  };
  return {
    z,
    raw: add(planes.raw),
    truth: add(planes.truth),
    prediction: add(planes.prediction),
  };
}

/** Two runs that have something for every section, with pictures of 24 × 16 pixels. */
export function fullReport(): ReportData {
  const pictures = new Map<string, Uint8Array>();
  const rng = openRng(5);
  const runs = ["mixloss", "focal"].map((experiment, i) => {
    const own = rng.at("run", i);
    const sections = [{ z: 3, dice: 0.2 + i / 10 }, { z: 7, dice: 0.8 }];
    const ap = 0.62 - i / 10;
    return makeRunData({ experiment, seed: i + 1 }, {
      weightHashes: 12,
      series: [
        makeSeries("loss", fallingLoss(30, 0.4, own)),
        makeSeries("loss.dice", [1, NaN, 0.5]),
        makeSeries("ap", [0.2, 0.5, ap], {
          split: "validation",
          steps: [10, 20, 30],
        }),
      ],
      evaluations: [{
        record: makeEvaluation({
          metrics: { ap, dice: 0.6, threshold: 0.5, objects: 10, found: 8 },
          baseline: { ap: 0.33, dice: 0.34, threshold: 0.9 },
          precisionRecall: [
            { threshold: 0.9, precision: 0.9, recall: 0.1 },
            { threshold: 0.5, precision: 0.7, recall: 0.5 },
            { threshold: 0.1, precision: 0.2, recall: 0.9 },
          ],
          sections: sections.map((s) => ({
            ...s,
            truthVox: 20,
            predictedVox: 18,
          })),
          everySection: sections.map((s) => ({
            ...s,
            truthVox: 20,
            predictedVox: 18,
          })),
          clefts: [{ atVox: [3, 5, 5], sizeVox: 20, foundVox: 12 * i }],
        }),
        pictures: sections.map(({ z }) =>
          addPictures(pictures, {
            z,
            width: 24,
            planes: drawSection(z, own.at("picture", z)),
          })
        ),
      }],
      log: [
        { at: "2026-11-23T21:05:01.000Z", level: "info", text: "2 threads" },
        { at: "2026-11-23T21:06:01.000Z", level: "warning", text: "NaN" },
      ],
      logLines: 40,
    });
  });
  return makeReport(runs, { title: "Two losses", pictures });
}

/** A section with one cleft and a prediction beside it. */
function drawSection(z: number, rng: Rng) {
  const [height, width] = [16, 24];
  const plane = (value: (y: number, x: number) => number) =>
    Uint8Array.from(
      { length: height * width },
      (_, i) => value(Math.floor(i / width), i % width),
    );
  return {
    raw: plane((y, x) => (y * 9 + x * 5 + z) % 200),
    truth: plane((y, x) => y > 4 && y < 8 && x > 4 && x < 14 ? 255 : 0),
    prediction: plane((y, x) =>
      y > 5 && y < 9 && x > 6 && x < 16 ? 200 + rng.integer(50) : 0
    ),
  };
}
