import assert from "node:assert";
import { join } from "node:path";
import { openRng, type Rng, type Zyx } from "@/core/mod.ts";
import { assertSameNumbers } from "@test/helpers.ts";
import { refusalOf } from "@test/refusal.ts";
import { craftHdf5, datatypes } from "./_testing.ts";
import { openHdf5 } from "./file.ts";
import { writeHdf5 } from "./write.ts";

const { default: h5 } = await import("h5wasm/node");

const shapeVox: Zyx = [6, 20, 22];
const resolutionNm: Zyx = [40, 4, 4];
const data = Uint8Array.from({ length: 2640 }, (_, i) => (i * 37 + 11) % 251);
const whole = { startVox: [0, 0, 0], shapeVox } as const;

const checked = "checksums everywhere";

/** Small sound files, by what they are; one has a checksum over every byte. */
const files: Readonly<Record<string, (path: string) => Promise<void> | void>> =
  {
    "gzip in chunks": (path) =>
      writeHdf5(path, { "volumes/raw": { shapeVox, resolutionNm, data } }),
    "contiguous": (path) =>
      Deno.writeFileSync(
        path,
        craftHdf5({
          "volumes/raw": {
            shape: shapeVox,
            type: datatypes.u8,
            data,
            attributes: { resolution: resolutionNm },
          },
        }),
      ),
    [checked]: (path) => writeChecked(path),
  };

async function writeChecked(path: string): Promise<void> {
  await h5.ready;
  const file = new h5.File(path, "w", { libver: "latest" });
  file.create_group("volumes");
  const fletcher32 = 3;
  file.create_dataset({
    name: "volumes/raw",
    data,
    shape: [...shapeVox],
    chunks: [2, 10, 11],
    compression: fletcher32,
  }).create_attribute("resolution", [...resolutionNm], [3], "<d");
  file.close();
}

/** Some bytes of a file changed, left out, doubled or cut off. */
function mutated(bytes: Uint8Array, rng: Rng): Uint8Array {
  const at = rng.integer(bytes.length);
  switch (rng.integer(5)) {
    case 0:
      return bytes.slice(0, at);
    case 1: {
      const copy = bytes.slice();
      copy.fill(rng.integer(2) * 255, at, at + 1 + rng.integer(64));
      return copy;
    }
    case 2: {
      const copy = bytes.slice();
      copy.copyWithin(at, rng.integer(bytes.length), bytes.length);
      return copy;
    }
    default: {
      const copy = bytes.slice();
      for (let k = 0; k <= rng.integer(4); k++) {
        copy[rng.integer(bytes.length)] = rng.integer(256);
      }
      return copy;
    }
  }
}

/** What a file reads as, or the error that says why it does not. */
async function outcome(path: string) {
  let found: Found | string = "another shape";
  const refusal = await refusalOf(async () => {
    using file = await openHdf5(path, "here");
    const raw = file.dataset("volumes/raw");
    if (raw.shapeVox.join() !== shapeVox.join()) return;
    found = { numbers: raw.read(whole), resolutionNm: raw.resolutionNm };
  });
  return { refusal, found: found as Found | string };
}

interface Found {
  readonly numbers: unknown;
  readonly resolutionNm: Zyx | undefined;
}

/** Of each file; the library keeps something of every error, so not thousands. */
const mutations = 100;

for (const [name, write] of Object.entries(files)) {
  Deno.test(`openHdf5() survives mutations of a file with ${name}`, async () => {
    const folder = Deno.makeTempDirSync();
    try {
      const path = join(folder, "sound.hdf");
      await write(path);
      const bytes = Deno.readFileSync(path);
      let errors = 0;
      for (let k = 0; k < mutations; k++) {
        const changed = join(folder, `${k}.hdf`);
        Deno.writeFileSync(changed, mutated(bytes, openRng(11).at(name, k)));
        const { refusal, found } = await outcome(changed);
        if (refusal !== null) errors++;
        else if (name === checked) assertSound(found);
      }
      assert(errors > mutations / 4, `${errors} errors`);
      assertSound((await outcome(path)).found);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  });
}

function assertSound(found: Found | string): void {
  assert(typeof found === "object", String(found));
  assertSameNumbers(found.numbers as Uint8Array, data);
  assert.deepEqual(found.resolutionNm, resolutionNm);
}
