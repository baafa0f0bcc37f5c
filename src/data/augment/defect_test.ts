import {
  type Entry,
  ExperimentError,
  openRng,
  type Sample,
  sizeOf,
  wholeBox,
  type Zyx,
} from "@/core/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
  makeSample,
} from "@test/helpers.ts";
import { hashedBytes, readFixture } from "@test/fixtures.ts";
import { deepStrictEqual, throws } from "node:assert";
import {
  type ArtifactSheets,
  shareNumbers,
  sheetsOf,
} from "./artifact/_source.ts";
import type { Defect, DefectParameters } from "./_defect_parameters.ts";
import type { Pixel } from "./_line.ts";
import { type Augmentation, augmentations } from "./mod.ts";

type Defects = Augmentation<DefectParameters>;

function open(given: Record<string, unknown>): Defects {
  const entry = augmentations.schema.parse({ type: "defect", ...given });
  return augmentations.create(entry as Entry) as Defects;
}

/** The sample make_defect.py reads: grey values from a whole-number hash. */
function hashedSample(shapeVox: Zyx): Sample {
  const hash = hashedBytes(sizeOf(shapeVox));
  return {
    image: Float32Array.from(hash, (h) => h / 255),
    target: Uint8Array.from(hash, (h) => h % 5 === 0 ? 1 : 0),
    mask: Uint8Array.from(hash, (h) => h % 7 === 0 ? 0 : 1),
    shapeVox,
    voxelNm: [40, 4, 4],
    inside: wholeBox(shapeVox),
  };
}

/** The artifact of make_defect.py. */
function hashedArtifact(height: number, width: number): ArtifactSheets {
  const hash = hashedBytes(3 * height * width);
  const grid = {
    shapeVox: [1, height, width],
    voxelNm: [1, 1, 1],
    offsetNm: [0, 0, 0],
  } as const;
  const section = (z: number) =>
    hash.slice(z * height * width).slice(0, height * width);
  const image = Float32Array.from(section(1), (h) => h / 255);
  const alpha = Float32Array.from(section(2), (h) => h % 17 / 16);
  return sheetsOf(
    [{
      image: shareNumbers({ name: "image", grid }, () => image),
      alpha: shareNumbers({ name: "alpha", grid }, () => alpha),
    }],
    { inputs: [], where: "test" },
  );
}

interface DefectCase {
  readonly case: string;
  readonly name: string;
  readonly shapeVox: Zyx;
  readonly strengthVox: number;
  readonly contrastScale: number;
  readonly applied: readonly {
    readonly section: number;
    readonly kind:
      | "zero_out"
      | "lower_contrast"
      | "artifact"
      | "deformed_slice";
    readonly fromVox: Pixel;
    readonly toVox: Pixel;
  }[];
  readonly image: readonly number[];
}

for (const each of readFixture<DefectCase>("augment/defect.jsonl")) {
  if (each.case !== "defects") continue;
  Deno.test(`defect() gives gunpowder's grey values: ${each.name}`, () => {
    const { shapeVox: [depth, height, width], strengthVox } = each;
    const defects = each.applied.map((one): Defect => {
      const { section } = one;
      switch (one.kind) {
        case "zero_out":
          return { kind: "missing", section };
        case "lower_contrast":
          return { kind: "lowContrast", section, scale: each.contrastScale };
        case "artifact": {
          const place = {
            sheet: 0,
            startVox: [0, 0],
            grey: [],
            both: [],
          } as const;
          return { kind: "artifact", section, ...place };
        }
        case "deformed_slice":
          return {
            ...one,
            kind: "deformed",
            strengthVox,
            iterations: 10,
            fill: "zero",
            labels: "stay",
            binarizeAbove: 0.5,
          };
      }
    });
    const augmentation = open({
      probArtifact: 0.1,
      artifacts: { type: "training", augment: [], augmentGrey: [] },
    }).needs!.with(hashedArtifact(height, width)) as Defects;
    const sample = hashedSample([
      depth,
      height + 2 * strengthVox,
      width + 2 * strengthVox,
    ]);
    assertEquals(augmentation.check?.(each.shapeVox), undefined);
    const after = augmentation.apply(sample, { defects });
    assertEquals(after.image.length, each.image.length);
    each.image.forEach((v, i) => assertAlmostEquals(after.image[i]!, v, 1e-4));
  });
}

Deno.test("defect() hits sections as often as it is told, each by one kind", () => {
  const chances = {
    probMissing: 0.1,
    probLowContrast: 0.2,
    probArtifact: 0,
    probDeform: 0.3,
  };
  const { draw } = open(chances);
  const counts: Record<string, number> = {};
  const n = 400, depth = 10;
  for (let i = 0; i < n; i++) {
    const { defects } = draw([depth, 9, 9], openRng(5).at("sample", i));
    const sections = defects.map(({ section }) => section);
    deepStrictEqual(sections, [...new Set(sections)].toSorted((a, b) => a - b));
    for (const { kind } of defects) counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const near = (kind: string, p: number) =>
    assertAlmostEquals(
      counts[kind]!,
      n * depth * p,
      4 * Math.sqrt(n * depth * p * (1 - p)),
    );
  near("missing", 0.1);
  near("lowContrast", 0.2);
  near("deformed", 0.3);
});

Deno.test("defect() leaves labels, but those of a fold", () => {
  const shapeVox: Zyx = [3, 8, 9];
  const before = hashedSample(shapeVox);
  const grey: Defect[] = [
    { kind: "missing", section: 0 },
    { kind: "lowContrast", section: 2, scale: 0 },
  ];
  const after = open({}).apply(before, { defects: grey });
  assertEquals(after.target, before.target);
  assertEquals(after.mask, before.mask);

  // An upright line in the middle: content moves by 2 towards it from both sides.
  const wide = hashedSample([1, 12, 13]);
  const fold = {
    kind: "deformed",
    section: 0,
    fromVox: [-2, 4],
    toVox: [9, 4],
    strengthVox: 2,
    iterations: 1,
    fill: "zero",
    binarizeAbove: 0.5,
  } as const;
  const moved = open({}).apply(wide, {
    defects: [{ ...fold, labels: "move" }],
  });
  const stays = open({}).apply(wide, {
    defects: [{ ...fold, labels: "stay" }],
  });
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 9; x++) {
      const here = (y + 2) * 13 + x + 2;
      const from = here + (x < 4 ? -2 : x > 4 ? 2 : 0);
      const i = y * 9 + x;
      assertEquals(moved.target[i], wide.target[from]);
      assertEquals(moved.mask[i], wide.mask[from]);
      assertEquals(stays.target[i], wide.target[here]);
      assertEquals(stays.mask[i], wide.mask[here]);
      const grey = Math.abs(x - 4) <= 1 ? 0 : wide.image[from]!;
      assertAlmostEquals(moved.image[i]!, grey, 1e-6);
      assertAlmostEquals(stays.image[i]!, grey, 1e-6);
    }
  }
});

Deno.test("defect() takes the mean of what comes from the volume", () => {
  const before: Sample = {
    ...makeSample({ shapeVox: [1, 1, 4], grey: (_z, _y, x) => x / 4 }),
    inside: { startVox: [0, 0, 2], shapeVox: [1, 1, 2] },
  };
  const { image } = open({}).apply(before, {
    defects: [{ kind: "lowContrast", section: 0, scale: 0.5 }],
  });
  // around 0.625
  [0.3125, 0.4375, 0.5625, 0.6875].forEach((grey, x) =>
    assertAlmostEquals(image[x]!, grey, 1e-6)
  );
});

Deno.test("defect() asks for context only where it drew a fold", () => {
  const { draw, marginVox } = open({ probDeform: 0.2 });
  for (let i = 0; i < 40; i++) {
    const drawn = draw([4, 9, 9], openRng(2).at(i));
    const folds = drawn.defects.some(({ kind }) => kind === "deformed");
    assertSameNumbers(
      marginVox!([4, 9, 9], drawn),
      folds ? [0, 20, 20] : [0, 0, 0],
    );
  }
});

Deno.test("defect() follows the box that comes from the volume through the cut", () => {
  const before: Sample = {
    ...makeSample({ shapeVox: [2, 12, 12] }),
    inside: { startVox: [0, 5, 0], shapeVox: [2, 7, 12] },
  };
  const { inside } = open({}).apply(before, {
    defects: [{
      kind: "deformed",
      section: 1,
      fromVox: [-2, 3],
      toVox: [9, 4],
      strengthVox: 2,
      iterations: 1,
      fill: "zero",
      labels: "move",
      binarizeAbove: 0.5,
    }],
  });
  assertSameNumbers(inside.startVox, [0, 3, 0]);
  assertSameNumbers(inside.shapeVox, [2, 5, 8]);
});

Deno.test("defect() is the identity where no section is hit", () => {
  const augmentation = open({ probMissing: 0, probLowContrast: 0 });
  const before = hashedSample([1, 3, 2]); // even one section, narrow
  assertEquals(augmentation.check?.(before.shapeVox), undefined);
  const drawn = augmentation.draw(before.shapeVox, openRng(1));
  assertEquals(drawn.defects.length, 0);
  const after = augmentation.apply(before, drawn);
  assertSameNumbers(after.image, before.image);
  assertEquals(after.image !== before.image, true, "a copy");
});

Deno.test("defect() keeps values that are no numbers within their section", () => {
  const shapeVox: Zyx = [3, 14, 14];
  const before = hashedSample(shapeVox);
  before.image[200] = NaN; // in section 1
  const fold = {
    section: 1,
    strengthVox: 3,
    iterations: 1,
    fill: "zero",
    labels: "move",
    binarizeAbove: 0.5,
  } as const;
  const { image } = open({}).apply(before, {
    defects: [
      { kind: "lowContrast", section: 0, scale: 0.5 },
      { kind: "deformed", fromVox: [-3, 4], toVox: [10, 6], ...fold },
    ],
  });
  assertEquals(image.subarray(0, 64).every(Number.isFinite), true);
  assertEquals(image.subarray(64, 128).some(Number.isNaN), true);
  assertEquals(image.subarray(128).every(Number.isFinite), true);
});

Deno.test("defect() says what of its options does not go together", () => {
  const fault = (given: Record<string, unknown>, shapeVox: Zyx = [4, 9, 9]) =>
    open(given).check?.(shapeVox);
  assertEquals(fault({ probDeform: 0.9 }), undefined);
  assertEquals(
    fault({ probDeform: 0.95 }),
    "the chances of its defects add up to 1.05, lower them to 1 at most",
  );
  assertEquals(
    fault({ probArtifact: 0.1 })?.startsWith("probArtifact is above 0, but"),
    true,
  );
  const artifacts = { type: "training" };
  assertEquals(fault({ probArtifact: 0.1, artifacts }), undefined);
  assertEquals(
    fault({ probArtifact: 0.1, artifacts }, [4, 9, 10])?.startsWith(
      "artifacts: simple: a transposed patch",
    ),
    true,
  );
  const small = { probDeform: 0.1, deformationStrength: 0 };
  assertEquals(fault(small, [4, 4, 4]), undefined);
  assertEquals(fault(small, [4, 3, 9])?.includes("too small to fold"), true);
});

Deno.test("defect() refuses parameters that do not fit the sample", () => {
  const before = hashedSample([2, 6, 6]);
  const refuses = (defect: Defect, message: string) =>
    throws(
      () => open({}).apply(before, { defects: [defect] }),
      (error) =>
        error instanceof ExperimentError && error.message.includes(message),
    );
  refuses({ kind: "missing", section: 2 }, "section 2: there are 2, from 0");
  refuses({
    kind: "artifact",
    section: 0,
    sheet: 0,
    startVox: [0, 0],
    grey: [],
    both: [],
  }, "none were read");
});
