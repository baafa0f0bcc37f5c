import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { record } from "./_record_testing.ts";
import { say, testInFolder } from "./_testing.ts";

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
      [["predict", "last", "--volume", "x"], "x.tif", /\.hdf, not \.tif/],
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
