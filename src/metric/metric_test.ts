import { cropArray, sizeOf, wholeBox, type Zyx } from "@/core/mod.ts";
import { sources } from "@/data/mod.ts";
import { assertAlmostEquals, assertEquals } from "@test/helpers.ts";
import type { MetricInput } from "./_metric.ts";
import { darkness } from "./darkness.ts";
import { dice } from "./dice.ts";
import { measure } from "./mod.ts";

const data = Deno.env.get("CLEFT_DATA");

Deno.test({
  name: "measure() gives the known figures of darkness on the VNC stack" +
    (data ? "" : " (ignored: CLEFT_DATA is not set)"),
  ignore: !data,
  async fn() {
    const cacheFolder = await Deno.makeTempDir();
    try {
      await compareWithKnownFigures(cacheFolder);
    } finally {
      await Deno.remove(cacheFolder, { recursive: true });
    }
  },
});

async function compareWithKnownFigures(cacheFolder: string): Promise<void> {
  const file = "vnc/vnc_stack1.hdf";
  const entry = sources.schema.parse({ type: "cremi", file });
  using volume = await sources.create(entry)
    .open({ dataRoots: [data!], cacheFolder, where: "test" });
  const { image, target, mask, shapeVox } = volume.read(
    wholeBox(volume.shapeVox),
  );
  const part = (
    startY: number,
    rows: number,
    wholeProbability?: Float32Array,
  ): MetricInput => {
    const box = {
      startVox: [0, startY, 0] as Zyx,
      shapeVox: [20, rows, 704] as Zyx,
    };
    const cut = <T extends Float32Array | Uint8Array>(array: T) =>
      cropArray(array, shapeVox, box);
    return {
      probability: wholeProbability
        ? cut(wholeProbability)
        : darkness(cut(image), box.shapeVox),
      target: cut(target),
      mask: cut(mask),
      shapeVox: box.shapeVox,
      voxelNm: volume.voxelNm,
    };
  };

  // Blurred as a region of its own; scipy 1.17 and scikit-learn 1.9 on the same:
  // gaussian_filter, average_precision_score, distance_transform_edt, label.
  const threshold = 0.7925188541412354;
  const region = measure({ ...part(0, 416), threshold });
  const wanted = {
    ap: 0.3259232298424169,
    dice: 0.3310781493563887,
    adgt: 455.31320896438734,
    adgtStd: 374.38712841651504,
    adgtMax: 1640.6568562621496,
    adf: 22.041601628944573,
    fp200: 25482,
    fn200: 231,
    objects: 10,
    found: 10,
    falseComponents: 165,
  };
  for (const [name, value] of Object.entries(wanted)) {
    assertAlmostEquals(region[name]!, value, 1e-6);
  }

  // The data's own README: whole stack blurred, threshold chosen on the train
  // region in steps of 0.005.
  assertEquals(sizeOf(shapeVox), 20 * 1024 * 704);
  const dark = darkness(image, shapeVox);
  const train = part(416, 608, dark);
  const overlap = dice.create({});
  const steps = [0.78, 0.785, 0.79, 0.795, 0.8, 0.805];
  const scores = steps.map((threshold) =>
    overlap.evaluate({ ...train, threshold }).dice!
  );
  const chosen = steps[scores.indexOf(Math.max(...scores))]!;
  assertEquals(chosen, 0.795);
  const whole = measure({ ...part(0, 416, dark), threshold: chosen });
  assertAlmostEquals(whole.ap!, 0.33, 0.005);
  assertAlmostEquals(whole.dice!, 0.34, 0.005);
  assertAlmostEquals(whole.adgt!, 445, 0.5);
  assertAlmostEquals(whole.adf!, 23, 0.5);
  assertAlmostEquals(whole.score!, 234, 0.5);
  assertEquals(whole.found, 10);
  assertAlmostEquals(whole.falseComponents!, 160, 5);
}
