import { match } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { defineCommand } from "./_command.ts";
import { record } from "./_record_testing.ts";
import { say, sayTo, testInFolder } from "./_testing.ts";

testInFolder(
  "pages and volumes are written to files that end like them",
  async (folder) => {
    record(folder);
    record(folder);
    const lines = [
      [
        ["report"],
        "x.pdf",
        /the file is \.html, not \.pdf.*\n.*\n.*like x\.html/,
      ],
      [["report"], "x.tar.HDF", /like x\.tar\.html/],
      [["compare", "last", "mixloss"], "x.json", /\.html, not \.json/],
      [["preview", "x.yaml"], "x.png", /\.html, not \.png/],
      [
        ["predict", "last", "--volume", "x"],
        "x.tif",
        /\.hdf, \.zarr or \.n5, not \.tif/,
      ],
      [["replay", "--augmentation", "x"], "x.zarr", /\.hdf, not \.zarr/],
      [["data", "import"], "x.n5", /\.hdf, not \.n5/],
    ] as const;
    for (const [line, name, says] of lines) {
      const { code, err } = await say(folder, ...line, "--output", name);
      assertEquals(code, 2);
      match(err, says);
    }
    const { err } = await say(folder, "plan", "x.yaml", "--draw", "x.png");
    match(err, /\.svg, not \.png/);
    for (const name of ["page", "a.HTML", "b.htm"]) {
      const { code, err } = await say(folder, "report", "--output", name);
      assertEquals(code, 0, err);
    }
    const { code } = await say(folder, "report", "--output", "folder/");
    assertEquals(code, 2);
  },
);

/** A command that takes paths of every use, and writes its outputs. */
const copy = defineCommand({
  name: "copy",
  summary: "Copy",
  positionals: [{ name: "FILE", summary: "from", path: "input", count: "any" }],
  options: {
    more: { value: "FILE", summary: "more", path: "input", isRepeatable: true },
    to: {
      value: "FILE",
      summary: "to",
      path: "output",
      endings: [".txt", ".md"],
    },
    into: { value: "FOLDER", summary: "into", path: "outputFolder" },
    force: { summary: "over what is there" },
  },
  run({ options }, context) {
    const { to } = options;
    if (to) Deno.writeTextFileSync(join(context.callerFolder, to), "copied");
    return Promise.resolve(0);
  },
});

const sayCopy = (folder: string, ...words: readonly string[]) =>
  sayTo([copy], ["copy", ...words], {
    context: { callerFolder: folder, projectFolder: folder },
  });

testInFolder(
  "checkPaths() lets a command write what is new or Cleft's",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "theirs.txt"), "theirs");
    const { code, err } = await sayCopy(folder, "--to", "theirs.txt");
    assertEquals(code, 2);
    match(err, /Cannot write over ".*theirs\.txt"[^]*at {3}--to theirs\.txt/);
    assertEquals((await sayCopy(folder, "--to", "new.txt")).code, 0);
    assertEquals((await sayCopy(folder, "--to", "new.txt")).code, 0);
    const words = ["--to", "theirs.txt", "--force"];
    assertEquals((await sayCopy(folder, ...words)).code, 0);
  },
);

testInFolder(
  "checkPaths() keeps outputs apart from all inputs",
  async (folder) => {
    for (const name of ["a.txt", "b.txt"]) {
      Deno.writeTextFileSync(join(folder, name), "");
    }
    for (
      const words of [
        ["a.txt", "b.txt", "--to", "b.txt"],
        ["--more", "x", "--more", "b.txt", "--to", "b.txt"],
        ["--to", "./b.txt", "b.txt"],
      ]
    ) {
      const { code, err } = await sayCopy(folder, ...words, "--force");
      assertEquals(code, 2, words.join(" "));
      match(err, /it is read, as/);
    }
  },
);

testInFolder(
  "checkPaths() goes by the ending of a name, if it has one",
  async (folder) => {
    for (const name of ["a.txt", "a.MD", "a"]) {
      assertEquals((await sayCopy(folder, "--to", name)).code, 0, name);
    }
    const { err } = await sayCopy(folder, "--to", "a.pdf");
    match(err, /the file is \.txt, not \.pdf\n.*--to a\.pdf\n.*like a\.txt$/);
    const slash = await sayCopy(folder, "--to", "a/");
    match(slash.err, /Cannot write "a\/": it names a folder\n.*--to a\//);
  },
);

testInFolder(
  "checkPaths() wants a folder for what goes into one",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "file"), "");
    assertEquals((await sayCopy(folder, "--into", "new/")).code, 0);
    assertEquals((await sayCopy(folder, "--into", ".")).code, 0);
    const { code, err } = await sayCopy(folder, "--into", "file");
    assertEquals(code, 2);
    match(err, /--into file/);
  },
);

testInFolder("one file is not written for two options", async (folder) => {
  Deno.mkdirSync(join(folder, "sub"));
  Deno.symlinkSync(join(folder, "sub"), join(folder, "link"));
  for (const name of ["sub/a.hdf", "link/a.hdf"]) {
    const { code, err } = await say(
      folder,
      ...["align", "forward", "x.hdf", "--estimate"],
      ...["--output", "sub/a.hdf", "--record", name],
    );
    assertEquals(code, 2);
    match(
      err,
      /^Cannot write two things to .*a\.hdf"\n.*--output .* --record /,
    );
  }
});
