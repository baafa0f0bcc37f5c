import { match } from "node:assert";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { say, testInFolder } from "./_testing.ts";

const experiment = `name: tiny
data:
  train:
    - source: { type: phantom, shapeVox: [4, 24, 24], voxelNm: [50, 20, 20] }
sampler: { type: uniform, patchVox: [2, 8, 8] }
augment: [{ type: simple }]
model: { type: resUnet, filters: [2, 3] }
loss: { terms: [{ type: bce }] }
`;

testInFolder(
  "preview writes a page of the experiment that is named",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "x.yaml"), experiment);
    const preview = (...words: string[]) =>
      say(folder, "preview", "x.yaml", ...words);
    const { code, out, err } = await preview("--draws", "1", "--seed", "3");
    assertEquals(code, 0, err);
    match(out, /^Preview: file:.*\/results\/preview\/tiny\.html$/);
    const path = join(folder, "results/preview/tiny.html");
    match(Deno.readTextFileSync(path), /drawn with seed 3\./);
    const named = await preview("--draws", "1", "--output", "p.html");
    match(named.out, /\/p\.html$/);
    match((await preview("--draws", "0")).err, /--draws: .* at least 1 and at/);
    match((await preview("--draws", "1000")).err, /--draws: .* at most \d+$/m);
  },
);

testInFolder(
  "preview shows six draws unless told otherwise",
  async (folder) => {
    Deno.writeTextFileSync(join(folder, "x.yaml"), experiment);
    await say(folder, "preview", "x.yaml");
    const path = join(folder, "results/preview/tiny.html");
    const page = Deno.readTextFileSync(path);
    assertEquals(page.includes("<strong>draw 6</strong>"), true);
    assertEquals(page.includes("<strong>draw 7</strong>"), false);
  },
);
