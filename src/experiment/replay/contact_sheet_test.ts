import { decode } from "fast-png";
import { sizeOf, type Zyx } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { contactSheet } from "./contact_sheet.ts";

const shapeVox: Zyx = [5, 24, 30];
const sectionSize = 24 * 30;

/** Grey 0.5 all over; a cleft of 4 x 6 voxels in section 3; section 4 unlabelled. */
function makePatch() {
  const target = new Uint8Array(sizeOf(shapeVox));
  for (let y = 10; y < 14; y++) {
    target.fill(
      1,
      3 * sectionSize + y * 30 + 12,
      3 * sectionSize + y * 30 + 18,
    );
  }
  const mask = new Uint8Array(sizeOf(shapeVox)).fill(1);
  mask.fill(0, 4 * sectionSize);
  const image = new Float32Array(sizeOf(shapeVox)).fill(0.5);
  return { image, target, mask, shapeVox };
}

/** How many pixels of a picture have each colour. */
function coloursOf(png: Uint8Array): Map<string, number> {
  const { data, channels } = decode(png);
  assertEquals(channels, 3);
  const counts = new Map<string, number>();
  for (let i = 0; i < data.length; i += 3) {
    const colour = [...data.subarray(i, i + 3)].join();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return counts;
}

Deno.test("contactSheet() shows every section, outlines clefts, tints what is not labelled", () => {
  // 30 voxels become 8 pixels each; lines are 2 pixels wide.
  const counts = coloursOf(contactSheet(makePatch()));
  const cleft = [4 * 8, 6 * 8] as const,
    inner = [4 * 8 - 4, 6 * 8 - 4] as const;
  const outline = cleft[0] * cleft[1] - inner[0] * inner[1];
  assertEquals(counts.get("255,140,0"), outline, "outline");
  const pixels = 64 * sectionSize;
  assertEquals(counts.get("127,127,127"), 4 * pixels - outline, "grey");
  assertEquals(counts.get("110,125,165"), pixels, "unlabelled");
});

Deno.test("contactSheet() numbers the sections", () => {
  const ink = coloursOf(contactSheet(makePatch())).get("40,40,40")!;
  // Dots of 2 x 2 pixels: 0, 1, 2, 3 and 4 have 12, 8, 11, 11 and 9 of them.
  assertEquals(ink, 4 * (12 + 8 + 11 + 11 + 9));
});

Deno.test("contactSheet() lays sections out in a rectangle about as wide as high", () => {
  for (const [depth, size] of [[1, 16], [16, 160], [84, 260]] as const) {
    const n = depth * size * size;
    const { width, height } = decode(contactSheet({
      image: new Float32Array(n),
      target: new Uint8Array(n),
      mask: new Uint8Array(n),
      shapeVox: [depth, size, size],
    }));
    assertEquals(width / height > 0.6 && width / height < 1.7, true);
  }
});
