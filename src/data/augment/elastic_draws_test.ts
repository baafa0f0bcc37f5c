import { assertEquals } from "@test/helpers.ts";
import {
  assertEven,
  assertUnrelated,
  drawn,
  drawnShapeVox,
  draws,
  normalShare,
} from "./_draws_testing.ts";

Deno.test("elastic() draws each turn as likely", () => {
  const rotationInterval = [-0.5, 1.5];
  const angles = drawn<{ angle: number }>("elastic", { rotationInterval })
    .map(({ angle }) => angle);
  assertEven(angles, [-0.5, 1.5]);
});

Deno.test("elastic() draws normal offsets, those along y apart from those along x", () => {
  const sigma = [1, 2, 5];
  const all = drawn<{ offsetsVox: number[][] }>(
    "elastic",
    { jitterSigma: sigma, controlPointSpacing: [8, 32, 32] },
  ).map(({ offsetsVox }) => offsetsVox);
  const along = sigma.map((_, axis) => all.flatMap((axes) => axes[axis]!));
  for (const [axis, values] of along.entries()) {
    assertEquals(values.length, draws * 1 * 2 * 2);
    // Shares of the normal distribution below normal numbers are even.
    assertEven(values.map((value) => normalShare(value / sigma[axis]!)), [
      0,
      1,
    ]);
  }
  assertUnrelated(along[0]!, along[1]!);
  assertUnrelated(along[1]!, along[2]!);
  assertUnrelated(along[1]!.slice(1), along[1]!.slice(0, -1));
});

Deno.test("elastic() slips from where a section was, not from where it was shifted to", () => {
  const all = drawn<{ imageShiftsVox: number[][]; labelShiftsVox: number[][] }>(
    "elastic",
    { probSlip: 0.5, probShift: 0.5, maxMisalign: 3, slipLabels: false },
  );
  let slips = 0, far = 0;
  const wandered: number[] = [];
  for (const { imageShiftsVox, labelShiftsVox } of all) {
    for (const [z, [y, x]] of imageShiftsVox.entries()) {
      const [labelY, labelX] = labelShiftsVox[z]!;
      if (y === labelY && x === labelX) continue; // a shift, both accumulate
      slips++;
      assertEquals(Math.max(Math.abs(y!), Math.abs(x!)) <= 3, true, "a slip");
      if (Math.max(Math.abs(labelY!), Math.abs(labelX!)) > 3) far++;
    }
    wandered.push(labelShiftsVox.at(-1)![0]!);
  }
  // Of 49 slips one shows nothing where nothing was shifted before: 0.5 to 0.49.
  const sections = all.length * drawnShapeVox[0];
  assertEquals(slips > 0.48 * sections && slips < 0.52 * sections, true);
  assertEquals(far > 0.1 * slips, true, "slips after shifts beyond 3 voxels");
  // Half of 8 sections add whole numbers from -3 to 3, whose variance is 4.
  const variance = wandered.reduce((sum, vox) => sum + vox * vox, 0) / draws;
  assertEquals(Math.abs(variance - 16) < 16 * 4 * Math.sqrt(2.2 / draws), true);
});
