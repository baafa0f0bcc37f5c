/**
 * Paths that cannot be read, in every place that takes one: each is refused in
 * three lines.
 */
import { match, ok } from "node:assert/strict";
import { join } from "node:path";
import { say, testInFolder } from "@/command/_testing.ts";
import { writeHdf5 } from "@/data/mod.ts";

const experiment = `name: x
data: { train: [{ source: { type: cremi, file: volume.hdf } }] }
model: { type: resUnet }
loss: { terms: [{ type: bce }] }
`;

/** What makes a path that cannot be read, and the path. */
const paths: Readonly<Record<string, (folder: string) => string>> = {
  "below a file": (folder) => join(folder, "x.yaml", "below"),
  "with too long a name": (folder) => join(folder, "x".repeat(300)),
  "of links in a circle": (folder) => {
    Deno.symlinkSync(join(folder, "b"), join(folder, "a"));
    Deno.symlinkSync(join(folder, "a"), join(folder, "b"));
    return join(folder, "a");
  },
  "of a link to nothing": (folder) => {
    Deno.symlinkSync(join(folder, "nothing"), join(folder, "link"));
    return join(folder, "link");
  },
  "of a folder": (folder) => {
    Deno.mkdirSync(join(folder, "directory"));
    return join(folder, "directory");
  },
  "of an empty file": (folder) => {
    Deno.writeTextFileSync(join(folder, "empty"), "");
    return join(folder, "empty");
  },
  // Where nothing is mapped, reading fails as of a disk that is broken.
  "that fails to read": () => "/proc/self/mem",
  "of a pipe that nobody writes to": (folder) => {
    const path = join(folder, "pipe");
    new Deno.Command("mkfifo", { args: [path] }).outputSync();
    return path;
  },
  "with a NUL": (folder) => join(folder, "a\0b"),
};

/** Command lines, `PATH` for the path. */
const lines: readonly string[] = [
  "plan PATH",
  "run PATH",
  "preview PATH",
  "plan x.yaml --draw PATH",
  "run x.yaml --set data.train[0].source.file=PATH",
  'run x.yaml --set data.train[0].source={"type":"main","raw":"PATH"}',
  'run x.yaml --set init={"file":"PATH"}',
  "run x.yaml --results PATH",
  "run x.yaml --data-root PATH --set data.train[0].source.file=nothing.hdf",
  "list --results PATH",
  "show last --results PATH",
  "report --results PATH",
  "doctor --records --results PATH",
  "evaluate --prediction PATH --truth volume.hdf",
  "evaluate --prediction volume.hdf --truth PATH",
  "replay --augmentation PATH --input volume.hdf --output o.hdf",
  "replay --augmentation list.json --input PATH --output o.hdf",
  "data import --raw PATH --resolution 40,4,4 --output o.hdf",
  "data import --raw raw.png --resolution 40,4,4 --output PATH",
  "align forward PATH --estimate --output o.hdf",
  "align forward volume.hdf --shifts PATH --output o.hdf",
  "align reverse PATH --output o.hdf",
];

for (const [kind, make] of Object.entries(paths)) {
  testInFolder(
    `a path ${kind} is refused in three lines, wherever it is given`,
    async (folder) => {
      Deno.writeTextFileSync(join(folder, "x.yaml"), experiment);
      Deno.writeTextFileSync(
        join(folder, "list.json"),
        '[{ "augmentation": { "type": "simple" }, "parameters": { "flipZ": false, "flipX": true, "flipY": false, "transpose": false } }]',
      );
      const place = { shapeVox: [4, 8, 8], resolutionNm: [40, 4, 4] } as const;
      await writeHdf5(join(folder, "volume.hdf"), {
        "volumes/raw": { ...place, data: new Uint8Array(256).fill(99) },
      });
      const path = make(folder);
      for (const line of lines) {
        const words = line.split(" ").map((word) => word.replace("PATH", path));
        const { code, out, err } = await say(folder, ...words);
        const what = `${line}: ${code} ${out} ${err}`;
        ok(!/something unexpected/.test(err), what);
        if (code === 0) ok(/^(list|report|doctor|plan x)/.test(line), what);
        else {match(
            err,
            /^(.+\n)*Cannot .+\n {2}at {3}.+\n {2}fix {2}.+$/,
            what,
          );}
      }
    },
  );
}
