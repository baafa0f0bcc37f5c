import { equal, match } from "node:assert/strict";
import type { SectionTrip, VolumeTrip } from "@/data/mod.ts";
import { see } from "../_reading_testing.ts";
import { alignmentPage, type AlignmentPageData } from "./alignment_page.tsx";

function volume(
  name: string,
  changes: Readonly<Record<number, Partial<SectionTrip>>> = {},
): VolumeTrip {
  return {
    name,
    sectionVox: 12,
    sections: [0, 1, 2].map((section) => ({
      ...{ section, isTorn: section === 1, emptyVox: 0, otherVox: 0 },
      ...changes[section],
    })),
  };
}

function page(volumes: readonly VolumeTrip[]): string {
  const step = {
    title: "in the file",
    shapeVox: [3, 4] as const,
    grey: new Float32Array(12).fill(0.5),
    labels: new Uint8Array(12),
  };
  const data: AlignmentPageData = {
    title: "a",
    shifts: "t.txt",
    aligned: {
      path: "/a.hdf",
      shapeVox: [3, 5, 6],
      farthestVox: 2,
      volumes: volumes.map(({ name }) => name),
      points: 0,
      repaired: [],
      notes: [],
    },
    block: { startVox: [0, 0, 0], shapeVox: [3, 3, 4] },
    movedVox: [[0, 0], [1, -2], [0, 1]],
    firstAligned: 0,
    volumes,
    pictures: [{ section: 1, isTorn: true, steps: [step] }],
  };
  return alignmentPage(data);
}

Deno.test("alignmentPage() says that all came back, and counts the rim of a crack", () => {
  const { lines } = see(page([
    volume("volumes/labels/clefts", { 1: { emptyVox: 5, otherVox: 2 } }),
    volume("volumes/raw", { 1: { otherVox: 9 } }),
  ]));
  const text = lines.join("\n");
  match(text, /3 × 3 × 4 voxels were aligned by t\.txt to 3 × 5 × 6/);
  match(text, /Every voxel of the sections that are not torn came back/);
  match(text, /Of labels in torn sections 5 voxels came back empty, 2 with/);
  match(text, /Section 1 \(torn\)/);
});

Deno.test("alignmentPage() says what did not come back", () => {
  const { lines } = see(
    page([volume("volumes/masks/m", { 2: { otherVox: 4 } })]),
  );
  match(
    lines.join("\n"),
    /4 voxels of sections that are not torn did not come/,
  );
});

Deno.test("alignmentPage() gives the same bytes again and asks for nothing outside", () => {
  const volumes = [volume("volumes/raw")];
  equal(page(volumes), page(volumes));
  match(page(volumes), /default-src 'none'/);
  equal(/src="http|href="http|url\(http/.test(page(volumes)), false);
});
