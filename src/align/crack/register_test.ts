import { ok } from "node:assert/strict";
import { mapped, openRng } from "@/core/mod.ts";
import { madeTissue, tear } from "./_testing.ts";
import { registerPart } from "./register.ts";

const n = 320;

for (const crack of [0, 1, 2]) {
  Deno.test(`registerPart() finds where the sides of crack ${crack} belong`, () => {
    const tissue = madeTissue(n);
    const { torn, sides, maps, shapeVox } = tear(
      tissue,
      openRng(2).at("crack", crack),
    );
    for (const side of [1, 2] as const) {
      const mask = sides.map((s) => s === side ? 1 : 0);
      const { map, correlation } = registerPart({
        plane: torn,
        mask,
        onto: tissue.plane,
        shapeVox,
      });
      ok(correlation > 0.9, `correlation ${correlation}`);
      let worst = 0;
      for (let i = 0; i < mask.length; i += 97) {
        if (!mask[i]) continue;
        const place = [Math.floor(i / n), i % n] as const;
        const [y, x] = mapped(map, place);
        const [ty, tx] = mapped(maps[side - 1]!, place);
        worst = Math.max(worst, Math.hypot(y - ty, x - tx));
      }
      ok(worst < 1, `side ${side} is off by ${worst} voxels`);
    }
  });
}

Deno.test("registerPart() says when there is nothing to suit", () => {
  const { plane } = madeTissue(128);
  const { correlation } = registerPart({
    plane,
    mask: new Uint8Array(plane.length).fill(1),
    onto: new Float32Array(plane.length).fill(0.5),
    shapeVox: [128, 128],
  });
  ok(correlation < 0.1, `correlation ${correlation}`);
});
