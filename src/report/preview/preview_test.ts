import { deepEqual, equal, match } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { see } from "../_reading_testing.ts";
import { smallPreview } from "./_testing.ts";
import type { PreviewStage } from "./data.ts";
import { previewPage } from "./preview.tsx";

Deno.test("previewPage() says what was drawn and keeps each picture once", () => {
  const page = previewPage(smallPreview());
  match(page, /<title>&lt;small> · Cleft<\/title>/);
  match(page, /50 %<small>of samples<\/small>/);
  match(page, /flipZ <b>yes<\/b>/);
  const [, data] = page.match(/id="preview-data">(.*?)<\/script>/)!;
  assertEquals(JSON.parse(data!).pictures.length, 3); // the grey values are alike
  assertEquals(page.match(/<canvas/g)?.length, 3); // before, and two draws
});

Deno.test("previewPage() gives the same bytes again and asks for nothing outside", () => {
  const page = previewPage(smallPreview());
  assertEquals(page, previewPage(smallPreview()));
  match(page, /default-src 'none'/);
  assertEquals(/src="http|href="http|url\(http/.test(page), false);
  assertEquals(/tabindex="(?!0")/i.test(page), false);
});

/** The page of one stage that is like the small preview's. */
function seeStage(changes: Partial<PreviewStage> = {}) {
  const data = smallPreview();
  const stages = [{ ...data.stages[0]!, title: "grey", ...changes }];
  const seen = see(previewPage({ ...data, title: "t", stages }));
  const from = seen.lines.lastIndexOf(changes.title ?? "grey");
  const lines = seen.lines.slice(from + 1, -1)
    .filter((line) => !/^[[\]{}"]/.test(line)); // JSON
  return { ...seen, lines };
}

Deno.test("previewPage() tells of an augmentation how often and how much it changes", () => {
  deepEqual(seeStage().lines, [
    "Flips",
    ...["applied to", "50 % of samples"],
    ...["then changes", "100 % of samples"],
    ...["grey values in", "75 % of sections"],
    ...["labels in", "50 % of sections"],
    "0 grey values: line before, area after 1",
    "flipZ 0.25",
    "before",
    "the patch",
    ...["draw 1 1/sample/0", "flipZ yes", "as JSON"],
    ...["draw 2 1/sample/1", "flipZ yes", "as JSON"],
  ]);
});

Deno.test("previewPage() shows each sample of a chain before and after", () => {
  const { lines, html } = seeStage({ p: null, options: [] });
  deepEqual(lines.slice(0, 3), ["Flips", "changes", "100 % of samples"]);
  deepEqual(lines.slice(7), [
    "0 grey values: line before, area after 1",
    "before",
    ...["sample 0 1/sample/0", "simple flipZ yes", "as JSON"],
    "before",
    ...["sample 1 1/sample/1", "simple flipZ yes", "as JSON"],
  ]);
  const canvases = [
    ...html.matchAll(/aria-label="(grey: [^"]+)" (data-[^w]+)/g),
  ]
    .map(([, label, data]) => `${label} ${data!.trim()}`);
  deepEqual(canvases, [
    'grey: sample 0 before data-before="0 1"',
    'grey: sample 0 after data-before="0 1" data-after="0 2"',
    'grey: sample 1 before data-before="0 1"',
    'grey: sample 1 after data-before="0 1" data-after="0 2"',
  ]);
});

Deno.test("previewPage() says of a draw that nothing was applied", () => {
  const [draw] = smallPreview().stages[0]!.draws;
  const { lines } = seeStage({ draws: [{ ...draw!, steps: [] }] });
  deepEqual(lines.slice(-3), [
    "the patch",
    "draw 1 1/sample/0",
    "nothing was applied",
  ]);
  equal(seeStage({ draws: [] }).lines.at(-1), "flipZ 0.25");
});

Deno.test("previewPage() writes options as YAML does", () => {
  const option = (value: unknown) => ({ name: "o", value, isDefault: true });
  const values = [1 / 3, [1, [2.5]], { a: 1, b: "x" }, null, true, "word"];
  const { lines, html } = seeStage({ options: values.map(option) });
  deepEqual(lines.filter((line) => line.startsWith("o ")), [
    "o 0.3333",
    "o [1, [2.5]]",
    "o { a: 1, b: x }",
    "o null",
    "o true",
    "o word",
  ]);
  equal(html.match(/<li class="is-default">/g)?.length, 6);
});

Deno.test("previewPage() keeps short lists of the JSON on one line", () => {
  const [draw] = smallPreview().stages[0]!.draws;
  const steps = [{ type: "x", parameters: { a: [1, [2, 3]], b: [] } }];
  const { html } = seeStage({ draws: [{ ...draw!, steps }] });
  const [, json] = /<pre[^>]*>([^]*?)<\/pre>/.exec(html)!;
  equal(
    json!.replaceAll("&quot;", '"'),
    `[
  {
    "type": "x",
    "parameters": {
      "a": [
        1,
        [ 2, 3 ]
      ],
      "b": []
    }
  }
]`,
  );
});

Deno.test("previewPage() draws grey values over the whole width, none above the top", () => {
  const points = (greys: PreviewStage["greys"]) => {
    const { html } = seeStage({ greys });
    const [, after] = /<polygon[^>]* points="([^"]+)"/.exec(html)!;
    const [, before] = /<polyline[^>]* points="([^"]+)"/.exec(html)!;
    return [before, after];
  };
  deepEqual(points({ before: [0.5, 0, 0.5], after: [0.9, 0.25, 0] }), [
    "0.0,0.0 120.0,64.0 240.0,0.0",
    // Most is 0.5, as what was clipped to black does not count.
    "0,64 0.0,0.0 120.0,32.0 240.0,64.0 240,64",
  ]);
  deepEqual(points({ before: [0, 0.2, 0], after: [0, 0.4, 0] }), [
    "0.0,64.0 120.0,32.0 240.0,64.0",
    "0,64 0.0,64.0 120.0,0.0 240.0,64.0 240,64",
  ]);
});

Deno.test("previewPage() begins at the section it is told, with what was made of the patch", () => {
  const { lines, html } = see(previewPage(smallPreview()));
  match(html, /id="preview-section" min="0" max="3" step="1" value="1"/);
  deepEqual(lines.filter((line) => /^Section/.test(line)), ["Section z 1"]);
  const [checked] = [...html.matchAll(/value="(\w+)" checked/g)];
  equal(checked![1], "after");
  // Of 20 sections the middle 12 are shown, from 4 to 15.
  const deep = { ...smallPreview(), patchVox: [20, 8, 8] as const };
  for (const [section, value] of [[0, 0], [6, 2], [19, 11]] as const) {
    match(
      previewPage({ ...deep, section }),
      RegExp(`id="preview-section" [^>]*value="${value}"`),
    );
  }
  // A sample may begin elsewhere, and says so.
  const { stages, ...rest } = { ...deep, section: 6 };
  const own = [{
    ...stages[0]!,
    draws: [{ ...stages[0]!.draws[0]!, opensAt: { before: 3, after: 9 } }],
    p: null,
  }];
  const opened = see(previewPage({ ...rest, stages: own }));
  deepEqual(
    [...opened.html.matchAll(/data-section="(\d+)"/g)].map(([, z]) => z),
    ["0", "5"],
  );
  deepEqual(
    [...opened.html.matchAll(/is-section">z (\d+)</g)].map(([, z]) => z),
    ["4", "9"],
  );
  match(html, /Tests &amp; more\. What augmentation makes/);
  match(
    previewPage({ ...smallPreview(), summary: "" }),
    /<p class="lead">What augmentation makes of training patches of 4 × 8 × 8 voxels of 40 × 4 × 4 nm/,
  );
});

Deno.test("previewPage() gives pictures the patch's aspect", () => {
  const size = (patchVox: readonly [number, number, number]) =>
    /<canvas [^>]*width="(\d+)" height="(\d+)"/.exec(
      previewPage({ ...smallPreview(), patchVox }),
    )!.slice(1);
  deepEqual(size([4, 8, 8]), ["192", "192"]);
  deepEqual(size([4, 8, 16]), ["384", "192"]);
});
