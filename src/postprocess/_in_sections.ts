import type { Called } from "./_step.ts";

/** Works on each section as if it were the whole volume, in place. */
export function inSections(
  called: Called,
  work: (section: Called) => void,
): Called {
  const { cleft, probability } = called;
  const [depth, height, width] = probability.shapeVox, area = height * width;
  for (let z = 0; z < depth; z++) {
    work({
      ...called,
      cleft: cleft.subarray(z * area, (z + 1) * area),
      probability: {
        shapeVox: [1, height, width],
        section: () => probability.section(z),
      },
    });
  }
  return called;
}
