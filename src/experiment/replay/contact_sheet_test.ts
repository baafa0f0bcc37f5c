import { decode } from "fast-png";
import { sizeOf, type Zyx } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { contactSheet, sheetLayout } from "./contact_sheet.ts";

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

Deno.test("sheetLayout() makes a rectangle about as wide as high", () => {
  for (const [depth, side] of [[1, 16], [16, 160], [84, 260]] as const) {
    const { columns, size: [height, width] } = sheetLayout([depth, side, side]);
    assertEquals(width / height > 0.6 && width / height < 1.7, true);
    assertEquals(columns <= depth, true);
  }
  // A slender section is not so slender that there were more columns than sections.
  assertEquals(sheetLayout([2, 200, 1]).columns, 2);
  assertEquals(sheetLayout([2, 1, 200]).columns, 1);
});

/** A picture as rows of its pixels' colours. */
function rowsOf(png: Uint8Array): readonly (readonly string[])[] {
  const { data, width, height } = decode(png);
  return Array.from(
    { length: height },
    (_, y) =>
      Array.from(
        { length: width },
        (_, x) =>
          [...data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)]
            .join(),
      ),
  );
}

Deno.test("contactSheet() has each section at its place, 8 pixels apart, its number above", () => {
  // Two sections of 1 x 2 voxels, 120 pixels each way, side by side.
  const rows = rowsOf(contactSheet({
    image: Float32Array.of(0, 0.2, 0.4, 3),
    target: Uint8Array.of(0, 0, 0, 0),
    mask: Uint8Array.of(1, 1, 1, 1),
    shapeVox: [2, 1, 2],
  }));
  const across = 240 + 8, down = 120 + 18 + 8;
  assertEquals(rows[0]!.length, across + 8, "one below the other");
  assertEquals(rows.length, 2 * down + 8);
  const greys = [["0,0,0", "51,51,51"], ["102,102,102", "255,255,255"]];
  for (const [z, [left, right]] of greys.entries()) {
    const top = 8 + z * down + 18;
    for (
      const [y, x, colour] of [
        ...[[top, 8, left], [top, 127, left], [top + 119, 127, left]],
        ...[[top, 128, right], [top + 119, 247, right]],
        ...[[top, 7, "255,255,255"], [top, 248, "255,255,255"]],
        ...[[top - 1, 8, "255,255,255"], [top + 120, 8, "255,255,255"]],
      ] as const
    ) assertEquals(rows[y as number]![x as number], colour, `${z} ${y} ${x}`);
  }
  // A one begins with a dot of 2 x 2 in the middle of three; a nought at once.
  assertEquals(rows[8]![8], "40,40,40");
  assertEquals(rows[8 + down]![8], "255,255,255");
  assertEquals(rows[8 + down]![10], "40,40,40");
});

Deno.test("contactSheet() outlines a cleft on all four sides, also where the section ends", () => {
  const target = new Uint8Array(64);
  for (let y = 0; y < 4; y++) target.fill(1, 8 * y + 2, 8 * y + 5);
  const rows = rowsOf(contactSheet({
    ...{ image: new Float32Array(64), target },
    ...{ mask: new Uint8Array(64).fill(1), shapeVox: [1, 8, 8] },
  }));
  // A voxel is 30 pixels, a line 6 of them.
  const at = (y: number, x: number) => rows[8 + 18 + y]![8 + x] === "255,140,0";
  const inside = { y: [0, 119], x: [60, 149] } as const;
  for (let y = 0; y < 240; y++) {
    for (let x = 0; x < 240; x++) {
      const isIn = y <= inside.y[1] && x >= inside.x[0] && x <= inside.x[1];
      const isEdge = y < 6 || y > 119 - 6 || x < 66 || x > 149 - 6;
      assertEquals(at(y, x), isIn && isEdge, `${y} ${x}`);
    }
  }
});

Deno.test("contactSheet() outlines each section by itself, one column wide where voxels are pixels", () => {
  // Three sections of 10 x 250 voxels, all cleft, one below the other.
  const size = 3 * 10 * 250;
  const rows = rowsOf(contactSheet({
    image: new Float32Array(size),
    target: new Uint8Array(size).fill(1),
    mask: new Uint8Array(size).fill(1),
    shapeVox: [3, 10, 250],
  }));
  for (let z = 0; z < 3; z++) {
    const top = 8 + z * (10 + 18 + 8) + 18;
    for (const [y, x] of [[0, 0], [0, 249], [5, 0], [5, 249], [9, 0], [9, 7]]) {
      assertEquals(rows[top + y!]![8 + x!], "255,140,0", `${z} ${y} ${x}`);
    }
    for (const [y, x] of [[1, 1], [8, 248], [1, 100]]) {
      assertEquals(rows[top + y!]![8 + x!], "0,0,0", `${z} ${y} ${x}`);
    }
  }
});

Deno.test("contactSheet() lays narrow sections out from the left to the right", () => {
  // Four sections of 4 x 1 voxels, 60 pixels each.
  const rows = rowsOf(contactSheet({
    image: Float32Array.from({ length: 16 }, (_, i) => Math.floor(i / 4) / 5),
    target: new Uint8Array(16),
    mask: new Uint8Array(16).fill(1),
    shapeVox: [4, 4, 1],
  }));
  const columns = [0, 1, 2, 3].map((z) => rows[8 + 18]![8 + 68 * z]);
  assertEquals(columns.join(" "), "0,0,0 51,51,51 102,102,102 153,153,153");
});
