import { type Sample, sizeOf, type Zyx } from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { augmentations } from "./mod.ts";

/** A case of test/fixtures/augment/grey.jsonl. */
interface PeerCase {
  readonly name: string;
  readonly type: string;
  readonly options: Record<string, unknown>;
  readonly parameters: unknown;
  readonly shapeVox: Zyx;
  readonly insideVox: readonly [startVox: Zyx, shapeVox: Zyx];
  readonly outVox: Zyx;
  readonly source: "hashed" | "smooth";
  readonly image: readonly number[];
}

/**
 * Registers a test for each case that make_grey.py has of an augmentation: with
 * the parameters of the case it gives the peer's numbers, of six decimals.
 */
export function comparePeers(type: string, tolerance = 1e-5): void {
  const cases = readFixture<PeerCase>("augment/grey.jsonl")
    .filter((one) => one.type === type);
  if (cases.length === 0) throw new TypeError(`no peer has "${type}"`);
  for (const one of cases) {
    Deno.test(`${type}() gives what the peers give: ${one.name}`, () => {
      const augmentation = augmentations.create(
        augmentations.schema.parse({ type, ...one.options }),
      );
      const before = sourceOf(one);
      const untouched = structuredClone(before);
      const after = augmentation.apply(before, one.parameters);
      assertSameNumbers(after.shapeVox, one.outVox);
      one.image.forEach((grey, i) =>
        assertAlmostEquals(after.image[i]!, grey, tolerance)
      );
      assertSameNumbers(before.image, untouched.image, "input");
      const margin = (one.shapeVox[1] - one.outVox[1]) / 2;
      const wide = augmentation.marginVox?.(one.outVox, one.parameters) ??
        [0, 0, 0];
      assertSameNumbers(wide, [0, margin, margin], "context asked for");
      assertSameNumbers(after.target, withoutMargin(before.target, one));
      assertSameNumbers(after.mask, withoutMargin(before.mask, one));
      if (margin === 0) assertEquals(after.inside, before.inside);
    });
  }
}

/** The sample that make_grey.py changes. */
function sourceOf({ shapeVox, insideVox, source }: PeerCase): Sample {
  const bytes = hashedBytes(sizeOf(shapeVox));
  const grey = source === "smooth" ? smoothed(bytes, shapeVox) : bytes;
  const [startVox, extentVox] = insideVox;
  return {
    image: Float32Array.from(grey, (g) => g / 255),
    target: Uint8Array.from(grey, (g) => g % 5 === 0 ? 1 : 0),
    mask: Uint8Array.from(grey, (g) => g % 7 === 0 ? 0 : 1),
    shapeVox,
    voxelNm: [40, 4, 4],
    inside: { startVox, shapeVox: extentVox },
  };
}

/** Whole-number means of seven voxels down, then along, round the ends. */
function smoothed(bytes: number[], [depth, height, width]: Zyx): number[] {
  const rolled = (from: number[], n: number, step: number) =>
    from.map((_, i) => {
      const at = Math.floor(i / step) % n;
      let sum = 0;
      for (let k = -3; k <= 3; k++) {
        sum += from[i + ((at - k + 3 * n) % n - at) * step]!;
      }
      return Math.floor(sum / 7);
    });
  assertEquals(bytes.length, depth * height * width);
  return rolled(rolled(bytes, height, width), width, 1);
}

/** What is left of labels without the context around them. */
function withoutMargin(
  labels: Uint8Array,
  { shapeVox, outVox }: PeerCase,
): number[] {
  const margin = (shapeVox[1] - outVox[1]) / 2;
  return [...labels].filter((_, i) => {
    const y = Math.floor(i / shapeVox[2]) % shapeVox[1], x = i % shapeVox[2];
    return y >= margin && y < margin + outVox[1] && x >= margin &&
      x < margin + outVox[2];
  });
}
