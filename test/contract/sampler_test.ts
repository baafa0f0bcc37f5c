import { defaultOptions, mapZyx, openRng, type Zyx } from "@/core/mod.ts";
import { openShared, samplers } from "@/data/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { sharedBlobs } from "@test/volumes.ts";

const volumes = [sharedBlobs([4, 20, 24]), sharedBlobs([3, 16, 40])]
  .map(openShared);
const patchVox: Zyx = [3, 16, 16];

for (const component of samplers.components) {
  const sampler = component.create(defaultOptions(component));
  const { name } = component;

  Deno.test(`${name}() gives a stream the same place whenever asked`, () => {
    const one = sampler.open(volumes, patchVox);
    const other = sampler.open(volumes, patchVox);
    for (let i = 0; i < 20; i++) one(openRng(1).at("before", i));
    for (let i = 0; i < 50; i++) {
      const place = (ask: typeof one) =>
        JSON.stringify(ask(openRng(1).at("sample", i)));
      assertEquals(place(one), place(other));
    }
  });

  Deno.test(`${name}() gives different streams different places`, () => {
    const place = sampler.open(volumes, patchVox);
    const seen = new Set(
      Array.from(
        { length: 50 },
        (_, i) => JSON.stringify(place(openRng(1).at("sample", i))),
      ),
    );
    assertEquals(seen.size > 10, true, `${seen.size} places`);
  });

  Deno.test(`${name}() keeps every patch inside its volume`, () => {
    const place = sampler.open(volumes, patchVox);
    for (let i = 0; i < 300; i++) {
      const { volume, startVox } = place(openRng(2).at("sample", i));
      const { shapeVox } = volumes[volume]!;
      mapZyx((axis) => {
        const start = startVox[axis];
        const fits = Number.isInteger(start) && start >= 0 &&
          start + patchVox[axis] <= shapeVox[axis];
        assertEquals(fits, true, `${startVox} of volume ${volume}`);
        return 0;
      });
    }
  });
}
