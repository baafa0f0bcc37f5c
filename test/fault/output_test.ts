import {
  deepStrictEqual,
  match,
  ok,
  rejects,
  throws,
} from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { encode } from "fast-png";
import { commands } from "@/command/mod.ts";
import { recordScores } from "@/command/_record_testing.ts";
import { say, testInFolder } from "@/command/_testing.ts";
import { writeOutput } from "@/core/mod.ts";
import { writeHdf5 } from "@/data/mod.ts";
import { writeBundle } from "@/record/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { fill, onSmallDisk, remount } from "./_disk.ts";

const experiment = `extends: base.yaml
data: { train: [{ source: { type: cremi, file: data.hdf } }] }
`;
const base = `augment: [{ type: simple }]
sampler: { type: uniform, patchVox: [2, 4, 4] }
model: { type: resUnet, filters: [2, 4] }
loss: { terms: [{ type: bce }] }
`;
const list =
  '[{ "augmentation": { "type": "simple" }, "parameters": { "flipZ": false, "flipX": true, "flipY": false, "transpose": false } }]';

/** Makes a file of each kind that commands read. */
async function makeInputs(folder: string): Promise<void> {
  const write = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    Deno.mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(path, content);
    else Deno.writeFileSync(path, content);
  };
  write("x.yaml", experiment);
  write("base.yaml", base);
  write("list.json", list);
  write("table.txt", "0,0\n");
  const data = Uint8Array.from({ length: 16 }, (_, i) => 10 * i);
  write("raw/z0.png", encode({ width: 4, height: 4, channels: 1, data }));
  write("mask/z0.png", encode({ width: 4, height: 4, channels: 1, data }));
  const place = { shapeVox: [4, 8, 8], resolutionNm: [40, 4, 4] } as const;
  for (const name of ["data/data.hdf", "volume.hdf"]) {
    await writeHdf5(join(folder, name), {
      "volumes/raw": { ...place, data: new Uint8Array(256).fill(99) },
      "volumes/labels/clefts": {
        ...place,
        data: BigUint64Array.from({ length: 256 }, (_, i) => BigInt(i % 2)),
      },
    });
  }
}

/** A command line of each use of a command that writes, and what it reads. */
const uses: readonly {
  readonly command: string;
  readonly words: readonly string[];
  readonly output: string;
  readonly inputs: readonly string[];
}[] = [
  {
    command: "plan",
    words: ["x.yaml"],
    output: "draw",
    inputs: ["x.yaml", "base.yaml", "data/data.hdf"],
  },
  {
    command: "preview",
    words: ["x.yaml", "--draws", "1"],
    output: "output",
    inputs: ["x.yaml", "base.yaml", "data/data.hdf"],
  },
  {
    command: "replay",
    words: ["--augmentation", "list.json", "--input", "volume.hdf"],
    output: "output",
    inputs: ["list.json", "volume.hdf"],
  },
  {
    command: "replay",
    words: [
      "--augmentation",
      "list.json",
      "--source",
      "{ type: cremi, file: data.hdf }",
    ],
    output: "output",
    inputs: ["list.json", "data/data.hdf"],
  },
  {
    command: "data import",
    words: [
      ...["--raw", "raw/*.png", "--labels", "mask/*.png"],
      ...["--resolution", "40,4,4"],
    ],
    output: "output",
    inputs: ["raw/z0.png", "mask/z0.png"],
  },
  {
    command: "predict",
    words: ["last", "--volume", "volume.hdf"],
    output: "output",
    inputs: ["volume.hdf"],
  },
  {
    command: "align forward",
    words: ["volume.hdf", "--shifts", "table.txt"],
    output: "output",
    inputs: ["volume.hdf", "table.txt"],
  },
  {
    command: "align forward",
    words: ["volume.hdf", "--estimate", "--cracks", "data/data.hdf"],
    output: "output",
    inputs: ["volume.hdf", "data/data.hdf"],
  },
  {
    command: "align forward",
    words: ["volume.hdf", "--shifts", "table.txt", "--output", "aligned.hdf"],
    output: "record",
    inputs: ["volume.hdf", "table.txt"],
  },
  {
    command: "align check",
    words: ["volume.hdf", "--shifts", "table.txt"],
    output: "output",
    inputs: ["volume.hdf", "table.txt"],
  },
  {
    command: "align reverse",
    words: ["volume.hdf", "--by", "data/data.hdf"],
    output: "output",
    inputs: ["volume.hdf", "data/data.hdf"],
  },
  {
    command: "postprocess",
    words: ["volume.hdf"],
    output: "output",
    inputs: ["volume.hdf"],
  },
  {
    command: "partners find",
    words: ["--prediction", "volume.hdf", "--segmentation", "data/data.hdf"],
    output: "output",
    inputs: ["volume.hdf", "data/data.hdf"],
  },
  {
    command: "partners learn",
    words: ["--prediction", "volume.hdf", "--truth", "data/data.hdf"],
    output: "output",
    inputs: ["volume.hdf", "data/data.hdf"],
  },
  { command: "data phantom", words: [], output: "output", inputs: [] },
  {
    command: "bundle",
    words: ["last"],
    output: "output",
    inputs: ["results/runs.sqlite"],
  },
  {
    command: "compare",
    words: ["last", "last"],
    output: "output",
    inputs: ["results/runs.sqlite"],
  },
  {
    command: "doctor",
    words: ["--records"],
    output: "output",
    inputs: ["results/runs.sqlite"],
  },
  {
    command: "report",
    words: ["last"],
    output: "output",
    inputs: ["results/runs.sqlite"],
  },
];

Deno.test("every command that writes a named file is among the uses", () => {
  const named = commands.flatMap(({ name, options }) =>
    Object.entries(options)
      .filter(([, { path }]) => path === "output" || path === "newFile")
      .map(([option]) => `${name} --${option}`)
  );
  const tested = uses.map(({ command, output }) => `${command} --${output}`);
  assertEquals(named.filter((one) => !tested.includes(one)).join(), "");
});

Deno.test("every option that takes a path says what it is for", () => {
  const withoutHarm = ["results", "data-root", "plugin", "python"]; // read
  const silent = commands.flatMap(({ name, options }) =>
    Object.entries(options).filter(([option, { value, path }]) =>
      /^(FILE|FOLDER|PATH|TABLE)$/.test(value ?? "") && !path &&
      !withoutHarm.includes(option)
    ).map(([option]) => `${name} --${option}`)
  );
  assertEquals(silent.join(), "");
});

Deno.test("every command that writes a named file takes --force", () => {
  for (const { name, options } of commands) {
    const writes = Object.values(options).some(({ path }) =>
      path === "output" || path === "checkedLater"
    );
    assertEquals("force" in options, writes, name);
  }
});

/** Ways to name a file; links have the ending that is expected of an output. */
function namesOf(folder: string, input: string, ending: string): string[] {
  const path = join(folder, input), name = basename(input);
  Deno.symlinkSync(path, join(folder, `soft${ending}`));
  Deno.linkSync(path, join(folder, `hard${ending}`));
  Deno.symlinkSync(folder, join(folder, "folder"));
  Deno.symlinkSync(dirname(path), join(folder, "its folder"));
  return [
    input,
    path,
    `raw/../${input}`,
    `its folder/${name}`,
    `soft${ending}`,
    `hard${ending}`,
    `folder/soft${ending}`,
    `raw/../hard${ending}`,
  ];
}

function takesForce(command: string): boolean {
  return "force" in commands.find(({ name }) => name === command)!.options;
}

function endingOf(command: string, option: string): string {
  const { options } = commands.find(({ name }) => name === command)!;
  return options[option]!.endings?.[0] ?? ".hdf";
}

for (const { command, words, output, inputs } of uses) {
  for (const input of inputs) {
    const line = [...command.split(" "), ...words];
    testInFolder(
      `${line.join(" ")} --${output} ${input} is refused by whatever name`,
      async (folder) => {
        await makeInputs(folder);
        const path = join(folder, input);
        Deno.mkdirSync(dirname(path), { recursive: true });
        if (input.endsWith("sqlite")) Deno.writeTextFileSync(path, "records");
        const before = Deno.readFileSync(path);
        const ending = endingOf(command, output);
        for (const name of namesOf(folder, input, ending)) {
          for (const force of takesForce(command) ? [[], ["--force"]] : [[]]) {
            const all = [...line, `--${output}`, name, ...force];
            const { code, err } = await say(folder, ...all);
            assertEquals(code, 2, `${name} ${force}: ${err}`);
            match(err, /^Cannot write .+\n {2}at {3}.+\n {2}fix {2}.+$/);
            if (force.length > 0 && name.endsWith(ending)) {
              match(err, /it is read, as|the records of runs are kept there/);
            }
          }
        }
        ok(Deno.readFileSync(path).every((byte, i) => byte === before[i]));
        assertEquals(Deno.readFileSync(path).length, before.length);
      },
    );
  }
}

/** Carries out every use with its output on a disk. */
async function assertRefusedOn(disk: string, says: RegExp): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "cleft-command-" });
  try {
    await makeInputs(folder);
    for (const { command, words, output } of uses) {
      const line = [...command.split(" "), ...words, `--${output}`];
      for (const path of ["out", "new/folder/out"]) {
        const { code, err } = await say(folder, ...line, join(disk, path));
        assertEquals(code, 2, `${line.join(" ")}: ${err}`);
        match(err, says);
        match(err, /^Cannot write .+\n {2}at {3}--.+\n {2}fix {2}.+$/);
      }
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

onSmallDisk("a full disk is noticed before any work", async (disk) => {
  fill(disk, 0);
  await assertRefusedOn(disk, /the disk is full/);
  deepStrictEqual([...Deno.readDirSync(disk)].length, 1); // what fills it
});

onSmallDisk("a read-only disk is noticed before any work", async (disk) => {
  remount("ro", disk);
  await assertRefusedOn(disk, /the disk can only be read/);
});

onSmallDisk(
  "a bundle or an export that outgrows the disk names its file",
  async (disk) => {
    const folder = Deno.makeTempDirSync({ prefix: "cleft-command-" });
    try {
      const ap = Array.from({ length: 500 }, (_, i) => i / 500);
      const id = recordScores(folder, { scores: { "validation/ap": ap } });
      fill(disk, 2);
      const path = join(disk, "x"), results = join(folder, "results");
      throws(
        () => writeBundle(path, { folder: results, runs: [id], files: [] }),
        { message: `Cannot write "${path}": the disk is full`, where: path },
      );
      const words = ["export", "--format", "tensorboard", "--output", path];
      const { code, err } = await say(folder, ...words);
      assertEquals(code, 2, err);
      match(err, /^Cannot write ".*": the disk is full\n {2}at {3}--output \//);
      const left = [...Deno.readDirSync(disk)].filter(({ isFile }) => isFile);
      deepStrictEqual(left.map(({ name }) => name), ["filler"]);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
);

onSmallDisk("a file that outgrows the disk leaves nothing", async (disk) => {
  const data = new Float32Array(2 ** 21); // 8 MiB that do not compress
  for (let i = 0; i < data.length; i++) data[i] = (i * 2654435761) % 4294967291;
  const shapeVox = [32, 256, 256] as const;
  await rejects(
    writeHdf5(join(disk, "x.hdf"), { raw: { shapeVox, data } }),
    /Cannot write/,
  );
  deepStrictEqual([...Deno.readDirSync(disk)], []);
  fill(disk, 0);
  await rejects(
    writeHdf5(join(disk, "x.hdf"), { raw: { shapeVox, data } }),
    /Cannot write/,
  );
  throws(() => writeOutput(join(disk, "x.html"), "page"), /the disk is full/);
  throws(
    () => writeOutput(join(disk, "x.html"), new Uint8Array(9000)),
    /the disk is full/,
  );
  deepStrictEqual([...Deno.readDirSync(disk)].length, 1);
});
