import { deepStrictEqual } from "node:assert/strict";
import type { Volume } from "./volume.ts";
import { movedPartners } from "./moved_partners.ts";

const pairs = [
  { preVox: [0, 1, 2], postVox: [1, 1, 2] },
  { preVox: [4, 1, 2], postVox: [5, 1, 2] },
] as const;
const volume = { partners: () => pairs } as unknown as Volume;

Deno.test("movedPartners() moves both sites, and drops a pair that loses one", () => {
  const { partners } = movedPartners(
    volume,
    ([z, y, x]) => z > 4 ? null : [z, y, x - 2],
  );
  deepStrictEqual(partners!(), [
    { preVox: [0, 1, 0], postVox: [1, 1, 0] },
  ]);
});

Deno.test("movedPartners() has none where there are none", () => {
  deepStrictEqual(
    movedPartners({} as unknown as Volume, (place) => place),
    {},
  );
});
