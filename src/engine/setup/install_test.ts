import { deepStrictEqual, match, ok, rejects } from "node:assert";
import { join } from "node:path";
import {
  type ExperimentError,
  openRng,
  sha256Hex,
  stampOf,
} from "@/core/mod.ts";
import { makeZip } from "@test/engine/make_zip.ts";
import {
  type IndexOptions,
  type PackageIndex,
  servePackages,
} from "@test/engine/package_index.ts";
import { fill as fillDisk, onSmallDisk } from "@test/fault/_disk.ts";
import { assertEquals } from "@test/helpers.ts";
import type { Bill, Build } from "./build.ts";
import { fill, install } from "./install.ts";
import { findInstalled, readInventory } from "./ready.ts";
import { checkBuild } from "./verify.ts";
import type { Wheel } from "./wheel.ts";

const rng = openRng(1);
/** Bytes that do not pack. */
const library = Uint8Array.from({ length: 300_000 }, () => rng.integer(256));
const archive = makeZip([
  { path: "tensorflow/lib.so", content: library },
  { path: "tensorflow/README", content: new Uint8Array(10) },
]);
const wheel: Wheel = {
  project: "tensorflow-toy",
  version: "1.0",
  file: "tensorflow_toy-1.0-py3-none-any.whl",
  platform: "any",
  bytes: archive.length,
  sha256: sha256Hex(archive),
  placeOf: (path) => path.endsWith(".so") ? path : null,
};
const bill: Bill = {
  wheels: [wheel],
  library: "tensorflow/lib.so",
  diskBytes: library.length,
};

interface Scene {
  /** Where the build shall be. */
  readonly folder: string;
  /** What the user was told. */
  readonly lines: string[];
  /** Where it is downloaded from. */
  readonly index: PackageIndex;
  /** Sets up without pip, or with this one. */
  fill(pip?: readonly string[], bill?: Bill): ReturnType<typeof fill>;
}

/** Registers a test with an index on this machine and an empty cache folder. */
function testInstall(
  name: string,
  options: Partial<IndexOptions>,
  body: (scene: Scene) => Promise<void>,
): void {
  Deno.test(name, async () => {
    const cache = await Deno.makeTempDir(), folder = join(cache, "build");
    const lines: string[] = [];
    await using index = servePackages({
      project: wheel.project,
      file: wheel.file,
      content: archive,
      ...options,
    });
    try {
      await body({
        folder,
        lines,
        index,
        fill: (pip, changed = bill) =>
          fill(
            { title: "Toy 1.0", folder },
            {
              bill: changed,
              sources: { pip: pip ?? null, index: index.url },
            },
            { notify: (line) => lines.push(line) },
          ),
      });
    } finally {
      await Deno.remove(cache, { recursive: true });
    }
  });
}

async function assertWhole({ folder }: Scene): Promise<void> {
  const path = "tensorflow/lib.so";
  deepStrictEqual(await Deno.readFile(join(folder, path)), library);
  deepStrictEqual(readInventory(folder)?.files, [
    { path, bytes: library.length, sha256: sha256Hex(library) },
  ]);
  // Nothing else stays: no download, no folder half filled.
  const beside = [...Deno.readDirSync(join(folder, ".."))];
  deepStrictEqual(beside.map(({ name }) => name), ["build"]);
}

testInstall("fill() downloads, checks and unpacks", {}, async (scene) => {
  await scene.fill();
  await assertWhole(scene);
  match(scene.lines[0]!, /^Setting up Toy 1\.0: 0 MB to download, .*build$/);
  deepStrictEqual(scene.index.ranges, [""]);
});

testInstall("fill() goes on where a connection broke off", {
  breakAfter: 100_000,
}, async (scene) => {
  await scene.fill();
  await assertWhole(scene);
  deepStrictEqual(scene.index.ranges, ["", "bytes=100000-"]);
});

testInstall(
  "fill() goes on where an earlier process stopped",
  {},
  async (scene) => {
    const downloads = `${scene.folder}.downloads`;
    await Deno.mkdir(downloads);
    await Deno.writeFile(
      join(downloads, `${wheel.file}.part`),
      archive.subarray(0, 7000),
    );
    await Deno.mkdir(`${scene.folder}.part/tensorflow`, { recursive: true });
    await scene.fill();
    await assertWhole(scene);
    deepStrictEqual(scene.index.ranges, ["bytes=7000-"]);
  },
);

testInstall("fill() copes with an index that sends whole files alone", {
  breakAfter: 100_000,
  ignoresRanges: true,
}, async (scene) => {
  await scene.fill();
  await assertWhole(scene);
});

testInstall(
  "fill() refuses a file other than the pinned one",
  {},
  async (scene) => {
    const other = { ...wheel, sha256: "0".repeat(64) };
    const changed = { ...bill, wheels: [other] };
    await rejects(scene.fill(undefined, changed), /has the SHA-256/);
    assertEquals(readInventory(scene.folder), null);
    // What was downloaded is gone: the next attempt starts afresh.
    await scene.fill();
    await assertWhole(scene);
    deepStrictEqual(scene.index.ranges, ["", ""]);
  },
);

testInstall(
  "fill() says what the index lacks",
  { file: "x.whl" },
  async (scene) => {
    await rejects(
      scene.fill(),
      /does not list tensorflow_toy-1\.0-py3-none-any\.whl/,
    );
  },
);

testInstall("fill() prefers pip", {}, async (scene) => {
  const mirror = await Deno.makeTempDir();
  const mirrored = join(mirror, "wheel"), pip = join(mirror, "pip.js");
  await Deno.writeFile(mirrored, archive);
  await Deno.writeTextFile(
    pip,
    `for (const option of Deno.args) {
      const folder = /^--dest=(.*)/.exec(option)?.[1];
      if (folder) Deno.copyFileSync("${mirrored}", folder + "/${wheel.file}");
    }`,
  );
  await scene.fill([Deno.execPath(), "run", "-A", pip]);
  await Deno.remove(mirror, { recursive: true });
  await assertWhole(scene);
  deepStrictEqual(scene.index.ranges, []);
});

testInstall("fill() does without a pip that fails", {}, async (scene) => {
  await scene.fill(["sh", "-c", "echo no route >&2; false", "pip"]);
  await assertWhole(scene);
  assertEquals(
    scene.lines.find((line) => line.startsWith("pip")),
    `pip could not download ${wheel.file}: pip: no route`,
  );
});

const toy: Build = {
  id: "toy",
  engine: "tensorflow",
  title: "Toy 1.0",
  version: "1.0",
  folder: "toy-1.0",
  command: "deno task setup",
  instead: "Use another toy",
  support: () => ({ bill }),
};

/** Runs something with an empty cache, an index of these options, and no pip. */
async function withIndex(
  options: Partial<IndexOptions>,
  body: () => Promise<void>,
): Promise<void> {
  const cache = await Deno.makeTempDir();
  await using index = servePackages({
    project: wheel.project,
    file: wheel.file,
    content: archive,
    ...options,
  });
  const names = { CLEFT_CACHE: cache, PATH: cache, PIP_INDEX_URL: index.url };
  const before = Object.keys(names).map((name) => Deno.env.get(name));
  for (const [name, value] of Object.entries(names)) Deno.env.set(name, value);
  try {
    await body();
  } finally {
    Object.keys(names).forEach((name, i) => {
      if (before[i] === undefined) Deno.env.delete(name);
      else Deno.env.set(name, before[i]);
    });
    await Deno.remove(cache, { recursive: true });
  }
}

const quiet = { notify: () => {} };

Deno.test("install() sets a build up once, and anew when its wheels are others", () =>
  withIndex({}, async () => {
    const first = await install(toy, quiet);
    deepStrictEqual(first, findInstalled(toy));
    deepStrictEqual(await Deno.readFile(first.libraryPath), library);
    deepStrictEqual(await install(toy, quiet), first);
    const pinned = { ...wheel, file: "tensorflow_toy-1.1-py3-none-any.whl" };
    const later: Build = {
      ...toy,
      support: () => ({ bill: { ...bill, wheels: [pinned] } }),
    };
    assertEquals(findInstalled(later), null);
  }));

Deno.test("install() replaces what was damaged at its right size", () =>
  withIndex({}, async () => {
    const { libraryPath } = await install(toy, quiet);
    assertEquals(await faultsOf(false), "");
    const damaged = library.slice();
    damaged[1000]! ^= 1;
    await Deno.writeFile(libraryPath, damaged);
    assertEquals(await faultsOf(false), '"tensorflow/lib.so" is damaged');
    const lines: string[] = [];
    await install(toy, { notify: (line) => lines.push(line) });
    match(lines[0]!, /^Toy 1\.0 in the cache is set up again: .+ is damaged$/);
    deepStrictEqual(await Deno.readFile(libraryPath), library);
    assertEquals(await faultsOf(true), "");
  }));

Deno.test({
  name:
    "install() says how to set up what is not there, where nothing may be downloaded",
  permissions: { net: false, read: true, env: true, write: true, sys: true },
  async fn() {
    await rejects(install(toy, quiet), (error: ExperimentError) => {
      match(error.message, /^Cannot use Toy 1\.0: it is not set up$/);
      ok(error.fix.startsWith(`Set it up by: ${toy.command}. `));
      return true;
    });
  },
});

Deno.test("checkBuild() trusts what has not changed, unless it is thorough", () =>
  withIndex({}, async () => {
    const { libraryPath, folder } = await install(toy, quiet);
    await faultsOf(false);
    // As if the disk had lost a bit: other bytes, and nothing else changed.
    await Deno.writeFile(libraryPath, library.slice().reverse());
    const stamp = stampOf(await Deno.stat(libraryPath));
    const checked = join(folder, "checked.json");
    await Deno.writeTextFile(
      checked,
      JSON.stringify({ "tensorflow/lib.so": stamp }),
    );
    assertEquals(await faultsOf(false), "");
    assertEquals(await faultsOf(true), '"tensorflow/lib.so" is damaged');
    // From then on it is not trusted either.
    assertEquals(await faultsOf(false), '"tensorflow/lib.so" is damaged');
  }));

Deno.test("checkBuild() tells what is not there from what is not complete", () =>
  withIndex({}, async () => {
    deepStrictEqual(await checkBuild(toy, { isThorough: true }), {
      isThere: false,
      faults: [],
    });
    const { libraryPath, folder } = await install(toy, quiet);
    await Deno.truncate(libraryPath, 10);
    match(await faultsOf(true), /not complete/);
    await install(toy, quiet);
    await Deno.writeTextFile(join(folder, "checked.json"), "null");
    assertEquals(await faultsOf(false), "");
    await Deno.writeTextFile(join(folder, "ready.json"), "[]");
    match(await faultsOf(true), /not complete/);
  }));

async function faultsOf(isThorough: boolean): Promise<string> {
  return (await checkBuild(toy, { isThorough })).faults.join();
}

Deno.test("install() says what is damaged and what to do instead", () => {
  const damaged = archive.slice();
  damaged[100]! ^= 1;
  return withIndex({ content: damaged }, async () => {
    await rejects(install(toy, quiet), {
      message: /^Cannot set up Toy 1\.0: .+ has the SHA-256 /,
      fix: /Use another toy$/,
    });
    assertEquals(findInstalled(toy), null);
  });
});

Deno.test("install() says what is not packaged", async () => {
  const strange: Build = { ...toy, support: () => ({ reason: "it is not" }) };
  await rejects(install(strange, quiet), {
    message: "Cannot set up Toy 1.0: it is not",
    fix: "Use another toy",
  });
});

Deno.test("findInstalled() knows folders set up before builds had titles", () =>
  withIndex({}, async () => {
    const { folder } = await install(toy, quiet);
    const path = join(folder, "ready.json");
    const inventory = JSON.parse(await Deno.readTextFile(path));
    await Deno.writeTextFile(
      path,
      JSON.stringify({ tensorflow: "2.21.0", ...inventory }),
    );
    assertEquals(findInstalled(toy)?.folder, folder);
  }));

onSmallDisk(
  "install() says how much a full disk lacks",
  (disk) =>
    withIndex({}, async () => {
      Deno.env.set("CLEFT_CACHE", disk); // withIndex puts it back
      fillDisk(disk, 20);
      await rejects(install(toy, quiet), {
        message: /^Cannot set up Toy 1\.0: /,
        fix: /^Free 1 MB there, or set CLEFT_CACHE/,
      });
    }),
);
