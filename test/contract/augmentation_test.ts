import { openRng, type Sample, type Zyx } from "@/core/mod.ts";
import { augmentations, openChain } from "@/data/mod.ts";
import {
  assertAlmostEquals,
  assertEquals,
  assertSameNumbers,
} from "@test/helpers.ts";
import type { WorkerRequest } from "./augmentation_worker.ts";
import {
  applyOnce,
  hashOf,
  middleOf,
  names,
  openAugmentation,
  patchOf,
  resourceFor,
  tracedPatch,
  trials,
} from "./augmentations.ts";

const shapeVox: Zyx = [4, 16, 16];
const linesIn = "test/contract/augmentations.ts";
const addresses = Array.from({ length: 12 }, (_, i) => ["augment", i] as const);
const rngOf = (address: readonly (string | number)[]) =>
  openRng(3).at(...address);

/** A patch of whose context the first row lies beyond the volume. */
function cornered(wideVox: Zyx): Sample {
  const [depth, height, width] = wideVox;
  return {
    ...patchOf(wideVox),
    inside: { startVox: [0, 1, 0], shapeVox: [depth, height - 1, width] },
  };
}

/** A worker that applies augmentations, until it is disposed. */
function openWorker() {
  const worker = new Worker(
    new URL("./augmentation_worker.ts", import.meta.url),
    { type: "module" },
  );
  return {
    ask: (request: WorkerRequest) =>
      new Promise<string>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<string>) => resolve(data);
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(event.message));
        };
        worker.postMessage(request);
      }),
    [Symbol.dispose]: () => worker.terminate(),
  };
}

for (const name of names) {
  Deno.test(`${name}() repeats itself for the same stream`, async () => {
    const augmentation = await openAugmentation(name);
    for (const address of addresses) {
      const again = () =>
        hashOf(
          applyOnce(augmentation, { shapeVox, make: cornered }, rngOf(address))
            .after,
        );
      assertEquals(again(), again());
    }
  });

  Deno.test(`${name}() does not do the same for every stream`, async () => {
    const { draw } = await openAugmentation(name);
    const seen = new Set(
      addresses.map((address) =>
        JSON.stringify(draw(shapeVox, rngOf(address)))
      ),
    );
    assertEquals(seen.size > 1, true, `${seen.size} kinds`);
  });

  Deno.test(`${name}() does not depend on what was done before`, async () => {
    const used = await openAugmentation(name);
    const others = await Promise.all(names.map((n) => openAugmentation(n)));
    for (const [i, address] of addresses.entries()) {
      const rng = rngOf(address);
      const other = others[i * 5 % others.length]!;
      applyOnce(other, { shapeVox }, openRng(4).at(i)); // its stream is another one
      const fresh = await openAugmentation(name);
      assertEquals(
        hashOf(applyOnce(used, { shapeVox }, rng).after),
        hashOf(applyOnce(fresh, { shapeVox }, rngOf(address)).after),
      );
    }
  });

  Deno.test(`${name}() draws the same whatever comes after it`, () => {
    const drawn = (more: readonly unknown[]) =>
      addresses.map((address) =>
        JSON.stringify(
          openChain(
            [{ type: name }, ...more].map((e) => augmentations.schema.parse(e)),
            augmentations.create,
          ).draw(shapeVox, rngOf(address))[0],
        )
      ).join("\n");
    const alone = drawn([]);
    assertEquals(drawn([{ type: "grey" }, { type: "simple" }]), alone);
    assertEquals(drawn([{ type: "invert", p: 0 }, { type: "noise" }]), alone);
  });

  Deno.test(`${name}() draws what survives JSON`, async () => {
    const augmentation = await openAugmentation(name);
    for (const address of addresses) {
      const { before, parameters, after } = applyOnce(augmentation, {
        shapeVox,
        make: cornered,
      }, rngOf(address));
      const read = JSON.parse(JSON.stringify(parameters));
      assertSameNumbers(
        augmentation.marginVox?.(shapeVox, read) ?? [0, 0, 0],
        augmentation.marginVox?.(shapeVox, parameters) ?? [0, 0, 0],
      );
      assertEquals(hashOf(augmentation.apply(before, read)), hashOf(after));
    }
  });

  Deno.test(`${name}() leaves its input as it was`, async () => {
    const augmentation = await openAugmentation(name);
    for (const address of addresses) {
      let hash = "";
      const { before } = applyOnce(augmentation, {
        shapeVox,
        make: (wideVox) => {
          const sample = cornered(wideVox);
          hash = hashOf(sample);
          return sample;
        },
      }, rngOf(address));
      assertEquals(hashOf(before), hash);
    }
  });

  Deno.test(`${name}() returns an image of its own in the shape it was asked for`, async () => {
    const augmentation = await openAugmentation(name);
    for (const address of addresses) {
      const { before, after } = applyOnce(
        augmentation,
        { shapeVox },
        rngOf(address),
      );
      assertSameNumbers(after.shapeVox, shapeVox);
      assertEquals(after.image.length, 4 * 16 * 16);
      assertEquals(after.target.length, 4 * 16 * 16);
      assertEquals(after.mask.length, 4 * 16 * 16);
      assertEquals(after.image !== before.image, true, "an image of its own");
    }
  });

  Deno.test(`${name}() keeps labels labels and grey values from 0 to 1`, async () => {
    const augmentation = await openAugmentation(name);
    for (const address of addresses) {
      const { image, target, mask } =
        applyOnce(augmentation, { shapeVox, make: cornered }, rngOf(address))
          .after;
      assertEquals(image.every((v) => v >= 0 && v <= 1), true, "from 0 to 1");
      assertEquals(target.every((v) => v === 0 || v === 1), true, "target");
      assertEquals(mask.every((v) => v === 0 || v === 1), true, "mask");
    }
  });

  Deno.test(`${name}() traces each voxel to where its label comes from`, async () => {
    const augmentation = await openAugmentation(name);
    let compared = 0;
    for (const address of addresses) {
      const { before, after } = applyOnce(
        augmentation,
        { shapeVox, make: tracedPatch },
        rngOf(address),
      );
      const [depth, height, width] = before.shapeVox;
      const { z, y, x } = after.partners!.from;
      assertSameNumbers(after.partners!.pairs[0]!.postVox, [1, 4, 9]);
      for (const [i, isKnown] of after.mask.entries()) {
        const place = [z[i]!, y[i]!, x[i]!];
        const [k, j, l] = place.map(Math.round) as [number, number, number];
        const isBetween = place.some((v) => Math.abs(v % 1 - 0.5) < 1e-3);
        const isAtEdge = k < 1 || j < 1 || l < 1 || k >= depth - 1 ||
          j >= height - 1 || l >= width - 1; // beyond it, nothing is known
        if (isBetween || isAtEdge) continue;
        compared++;
        const was = before.mask[(k * height + j) * width + l];
        assertEquals(isKnown, was, `${name} at ${place}`);
      }
    }
    assertEquals(compared > 1000, true, `${compared} compared`);
  });

  const { still } = trials[name] ?? {};
  if (still !== null) {
    Deno.test(`${name}() changes nothing at zero strength`, async () => {
      if (!still) throw new Error(`add a line for it to ${linesIn}`);
      const augmentation = await openAugmentation(name, still);
      for (const address of addresses) {
        const { before, after } = applyOnce(
          augmentation,
          { shapeVox },
          rngOf(address),
        );
        const patch = middleOf(before, shapeVox);
        after.image.forEach((v, i) =>
          assertAlmostEquals(v, patch.image[i]!, 1e-6)
        );
        assertSameNumbers(after.target, patch.target, "target");
        assertSameNumbers(after.mask, patch.mask, "mask");
      }
    });
  }

  Deno.test(`${name}() changes nothing with a chance of 0`, async () => {
    const chain = openChain(
      [augmentations.schema.parse({ type: name, p: 0 })],
      augmentations.create,
    );
    const resource = chain.needs && {
      inputs: [],
      parts: [await resourceFor(name) ?? null],
    };
    const opened = resource ? chain.needs!.with(resource) : chain;
    for (const address of addresses) {
      const { before, after } = applyOnce(opened, { shapeVox }, rngOf(address));
      assertEquals(hashOf(after), hashOf(before));
    }
  });
}

Deno.test("every augmentation does in a worker what it does here", async () => {
  using worker = openWorker();
  for (const type of names) {
    const resource = await resourceFor(type);
    const augmentation = await openAugmentation(type);
    for (const address of addresses.slice(0, 3)) {
      const request = { type, address, ...(resource && { resource }) };
      const { after } = applyOnce(augmentation, { shapeVox }, rngOf(address));
      assertEquals(await worker.ask(request), hashOf(after), type);
    }
  }
});

Deno.test("trials has lines of augmentations alone", () => {
  for (const name of Object.keys(trials)) {
    assertEquals(names.includes(name), true, name);
  }
});
