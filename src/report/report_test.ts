import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { assertEquals } from "@test/helpers.ts";
import { newVerdict } from "@/record/_testing.ts";
import type { ReportData } from "./data.ts";
import { decodePoints } from "./client/decode.js";
import { report } from "./report.tsx";
import { sections } from "./section/mod.ts";
import {
  makeEvaluation,
  makeReport,
  makeRun,
  makeRunData,
  makeSeries,
  matrixReport,
} from "./_testing.ts";
import { fullReport } from "./_full_testing.ts";

/** The page without its style, its script and its data. */
function textOf(data: ReportData): string {
  return report(data)
    .replace(/<style>[\s\S]*?<\/style>/g, "")
    .replace(/<script[\s\S]*?<\/script>/g, "");
}

Deno.test("report() gives equal bytes for equal data", () => {
  assertEquals(report(fullReport()), report(fullReport()));
});

Deno.test("report() allows its own style and script and nothing else", () => {
  const page = report(fullReport());
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/
    .exec(page)![1]!;
  const hashOf = (text: string) =>
    `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!;
  const [script, ...others] = [
    ...page.matchAll(/<script>([\s\S]*?)<\/script>/g),
  ];
  assert.deepEqual(others, []);
  assert.deepEqual(policy.split("; "), [
    "default-src 'none'",
    `script-src ${hashOf(script![1]!)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

Deno.test("report() has no address to fetch and no style the policy refuses", () => {
  const page = textOf(fullReport());
  assert.doesNotMatch(page, /(src|href)="(?!#|data:)/);
  assert.doesNotMatch(page, /\sstyle="/);
  assert.doesNotMatch(page, /\son\w+="/);
});

/** Sections that two runs have nothing for: no drawing, no matrix, nothing varied, no objects, no steps, no search. */
const absent = [
  "network",
  "ablation",
  "options",
  "effort",
  "gallery",
  "postprocess",
  "trials",
];

for (const { name } of sections.components) {
  const shown = absent.includes(name) ? "nothing" : "its content";
  Deno.test(`report() shows ${name} with ${shown} for two full runs`, () => {
    const page = report(fullReport(), {
      sections: [sections.schema.parse({ type: name })],
    });
    assertEquals(
      page.match(/<section /g)?.length ?? 0,
      absent.includes(name) ? 0 : 1,
    );
  });
}

const attack =
  `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&`;

Deno.test("report() leads the keyboard in the order of the page", () => {
  const drawn = { network: "<svg/>" };
  for (
    const data of [
      fullReport(),
      matrixReport([{ name: "loss", values: ["a", "b"] }], () => 0.5),
      makeReport([makeRunData({ experiment: "a" }, drawn), makeRunData()]),
    ]
  ) assert.doesNotMatch(report(data), /tabindex="(?!0")/i);
});

Deno.test("report() takes no name, note, value or error for markup", () => {
  const { environment } = makeRun();
  const run = makeRunData({
    id: attack,
    experiment: attack,
    file: attack,
    overrides: [attack],
    plan: JSON.stringify({ [attack]: attack, list: [{ a: attack }] }),
    environment: {
      ...environment,
      engine: attack,
      versions: { [attack]: attack },
      notices: [attack],
      dirtyDiff: attack,
    },
    inputs: [{
      ...makeRun().inputs[0]!,
      role: attack,
      path: attack,
      sha256: attack,
    }],
    state: "failed",
    reason: attack,
    verdict: { ...newVerdict({ step: 1, what: attack }), reasons: [attack] },
    rerunOf: attack,
  }, {
    series: [makeSeries(attack, [1, 2]), makeSeries("loss", [1, NaN])],
    evaluations: [{
      record: makeEvaluation({
        volume: attack,
        metrics: { [attack]: 1, ap: 0.5 },
        precisionRecall: [{ threshold: 0.5, precision: 0.5, recall: 0.5 }],
      }),
      pictures: [],
    }],
    log: [{ at: attack, level: "error", text: attack }],
    logLines: 1,
  });
  const data = makeReport([run, makeRunData()], {
    title: attack,
    leftOut: [attack],
  });
  const page = report(data);
  // What an HTML parser would see: our script and the data, nothing else.
  assertEquals(page.match(/<script/gi)!.length, 4);
  assertEquals(page.match(/<\/script/gi)!.length, 4);
  assert.doesNotMatch(page, /<img/i);
  const json = /<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/
    .exec(page)![1]!;
  assertEquals(JSON.parse(json).runs[0].label, attack);
});

Deno.test("report() keeps script in a network's drawing from running", () => {
  const page = report(makeReport([
    makeRunData({}, { network: `<svg onload="alert(1)"><script/></svg>` }),
  ]));
  assert.match(page, /<img src="data:image\/svg\+xml;base64,/);
  assert.doesNotMatch(page, /onload=/);
});

Deno.test("report() ends with the versions that its runs are of", () => {
  const { environment } = makeRun();
  const foot = (...versions: readonly Readonly<Record<string, string>>[]) =>
    /<footer[^>]*>([^<]*)</.exec(report(makeReport(
      versions.map((versions) =>
        makeRunData({ environment: { ...environment, versions } })
      ),
    )))![1]!;
  assert.match(
    foot({ cleft: "0.1.0" }, { cleft: "0.2.0" }, { cleft: "0.1.0" }),
    /give the same file\. Runs by version 0\.1\.0, 0\.2\.0\.$/,
  );
  assert.match(foot({}), /give the same file\.$/);
});

Deno.test("report() of no runs says so", () => {
  assert.match(
    textOf(makeReport([], { title: "Empty" })),
    /No runs are in this/,
  );
});

Deno.test("report() of a run still going with one point draws it", () => {
  const page = textOf(makeReport([
    makeRunData({ state: "running", finishedAt: null }, {
      series: [makeSeries("loss", [0.7])],
    }),
  ]));
  assert.match(page, /is still running; its numbers are not final/);
  assert.match(page, /mixloss ends at 0.700 at step 1"/);
});

Deno.test("report() of nothing but NaN says where it began", () => {
  const page = textOf(makeReport([
    makeRunData({}, {
      series: [makeSeries("loss", [NaN, NaN, Infinity])],
      evaluations: [{
        record: makeEvaluation({
          metrics: { ap: null, dice: NaN },
          baseline: { ap: null },
          precisionRecall: [{ threshold: 0.5, precision: NaN, recall: 0 }],
          sections: [{ z: 0, dice: NaN, truthVox: 0, predictedVox: 0 }],
        }),
        pictures: [],
      }],
    }),
  ]));
  assert.match(page, /3 not finite, first at step 1/);
  assert.doesNotMatch(page, /NaN|Infinity|undefined/);
});

Deno.test("report() gives runs with disjoint metrics a panel each", () => {
  const page = report(makeReport([
    makeRunData({}, { series: [makeSeries("loss.dice", [1, 2])] }),
    makeRunData({ experiment: "b" }, { series: [makeSeries("loss.bce", [1])] }),
  ]));
  assertEquals(page.match(/class="plot"/g)!.length, 2);
});

Deno.test("report() marks the best cell and what beats every run without learning", () => {
  const scored = (experiment: string, adf: number) =>
    makeRunData({ experiment }, {
      evaluations: [{
        record: makeEvaluation({
          metrics: { ap: 0.5, adf },
          baseline: { ap: 0.33, adf: 23.1 },
        }),
        pictures: [],
      }],
    });
  const page = textOf(makeReport([scored("a", 60), scored("b", 70)]));
  assert.match(
    page,
    /"number is-more best"[^>]*best of these runs"><span>60.0</,
  );
  assert.match(page, /better than every run here"><span>23.1</);
  assert.doesNotMatch(page, /"number best"[^>]*><span>0.500/); // a draw
});

Deno.test("report() compares plans path by path and folds what is equal", () => {
  const page = textOf(makeReport([
    makeRunData({ plan: `{"spec":{"model":{"depth":3},"batch":2}}` }),
    makeRunData({
      experiment: "b",
      plan: `{"spec":{"model":{"depth":4},"batch":2}}`,
    }),
  ]));
  assert.match(page, /1 difference<[\s\S]*model\.<\/span>depth/);
  assert.match(page, /The same in all runs, 1 value/);
});

Deno.test("report() thins long curves and keeps their spikes", () => {
  const values = Array.from({ length: 5000 }, (_, i) => i === 1234 ? 99 : 1);
  const page = report(
    makeReport([
      makeRunData({}, { series: [makeSeries("loss", values)] }),
    ]),
    { sections: [sections.schema.parse({ type: "curves", points: 40 })] },
  );
  const data = JSON.parse(
    /id="curves-data"[^>]*>([\s\S]*?)<\/script>/.exec(page)![1]!,
  );
  const { values: drawn } = decodePoints(data.panels[0].curves[0].points);
  assert(drawn.length <= 40);
  assertEquals(Math.max(...drawn.map(Number)), 99);
  assert.match(page, /Curves of more than 40 points are thinned/);
});

Deno.test("report() ranks by what its runs were ranked by, in its direction", () => {
  const ranking = { name: "score", better: "lower" } as const;
  const page = textOf(makeReport(
    [30, 90].map((score) =>
      makeRunData({ id: `s${score}`, experiment: `s${score}`, ranking }, {
        evaluations: [{
          record: makeEvaluation({
            metrics: { ap: score / 100, score },
            baseline: { ap: 0.1, score: 60 },
          }),
          pictures: [],
        }],
      })
    ),
  ));
  assert.match(page, /<h2>Best validation CREMI score<\/h2>/);
  assert.match(page, /darkness alone 60\.0/);
  assert.doesNotMatch(page, /class="scale"/); // nanometres have no end
  const [scores] = /class="scores sortable".*?<\/table>/s.exec(page)!;
  assert.match(scores, /aria-sort="ascending"[^>]*>.*?CREMI score/);
  const rows = [...scores.matchAll(/<th scope="row" data-value="([^"]+)"/g)];
  assert.deepEqual(rows.map(([, name]) => name), ["s30", "Darkness", "s90"]);
});
