import { deepEqual, notDeepEqual } from "node:assert/strict";
import { openRng } from "@/core/mod.ts";
import type { Variant } from "@/record/mod.ts";
import { type BrowserPage, testInBrowser } from "./_browser_testing.ts";
import type { ReportData } from "./data.ts";
import { report } from "./report.tsx";
import { makeEvaluation, matrixReport } from "./_testing.ts";

const losses = ["bce", "dice", "mix"], seeds = ["1", "2", "3"];

/** A matrix whose runs were measured place by place, on two volumes, one a day. */
function table(): ReportData {
  const data = matrixReport([
    { name: "loss", values: losses },
    { name: "seed", values: seeds },
  ], () => 0);
  return {
    ...data,
    runs: data.runs.map((one, i) => ({
      ...one,
      run: {
        ...one.run,
        startedAt: `2026-11-0${i + 1}T10:00:00.000Z`,
        finishedAt: `2026-11-0${i + 1}T10:1${i}:00.000Z`,
      },
      evaluations: ["validation", "test"].map((split) => ({
        record: measured(split as "validation", one.run.variant!),
        pictures: [],
      })),
    })),
  };
}

/** Numbers that differ by loss and by seed, some more than others. */
function measured(split: "validation", { loss, seed }: Variant) {
  const rng = openRng(7).at(split).at(loss!).at(seed!);
  const ap = 0.3 + 0.1 * losses.indexOf(loss!) + 0.05 * rng.normal();
  const places = Array.from({ length: 9 }, (_, i) => i);
  return makeEvaluation({
    split,
    metrics: {
      ap,
      dice: 0.8 * ap,
      score: 90 - 60 * ap,
      threshold: 0.5,
      objects: 9,
      found: 3,
    },
    everySection: places.map((z) => ({
      ...{ z, dice: rng.uniform(0, 1), truthVox: z % 3 },
      predictedVox: z % 2,
    })),
    clefts: places.map((z) => ({
      ...{ atVox: [z, 5, 5] as const, sizeVox: 20 + z },
      foundVox: rng.uniform(0, 1) < 0.4 ? 1 : 0,
    })),
  });
}

/** The same, as if some runs had never been. */
function without(data: ReportData, hidden: readonly string[]): ReportData {
  const { record, ids } = data.matrix!;
  return {
    ...data,
    runs: data.runs.filter(({ run }) => !hidden.includes(run.id)),
    matrix: {
      record,
      ids: ids.map((id) => hidden.includes(id!) ? null : id),
    },
  };
}

/** What is counted over runs, as readers see it, a table's rows in order. */
const counted = `Object.fromEntries([
  "#ablation table", "#ablation [data-precision]", "#scores table", "#clefts",
  "#options .importance", "#options title", "#best-tile", "#effort .best-line",
].map((name) => [name, [...document.querySelectorAll(name)].flatMap((part) => {
  for (const details of part.querySelectorAll("details")) details.open = true;
  if (part.matches(".best-line")) { // the dots that it goes through
    const heights = part.getAttribute("d").match(/(?<=[V ])[\\d.]+/g);
    return heights.map((y) => [...part.ownerSVGElement.querySelectorAll("circle")]
      .find(({ cy }) => cy.baseVal.value.toFixed(1) === Number(y).toFixed(1))
      .previousSibling.textContent);
  }
  const rows = part.querySelectorAll("tbody tr, caption, li, p, .tile-value, .tile-more");
  const parts = rows.length > 0 ? [...rows] : [part];
  return parts.filter((one) => one.matches("title") || one.checkVisibility())
    .map((one) => [
      (one.innerText ?? one.textContent).replace(/\\s+/g, " ").trim(),
      ...[...one.querySelectorAll("td.best, td .strip")]
        .map((mark) => mark.closest("td").cellIndex + mark.className.baseVal),
    ].join(" "));
})]))`;

type Counted = Record<string, unknown>;

/** Hides a run by its seed in the side bar, or shows it again. */
const turn = (page: BrowserPage, id: string) =>
  page.until(`(document.querySelector('.seed input[value="${id}"]')
    .click(), true)`);

/** Whether any of such parts is seen. */
const isSeen = (parts: string, expected: boolean) =>
  `${expected} === [...document.querySelectorAll(${JSON.stringify(parts)})]
    .some((part) => part.checkVisibility())`;

const hidden = ["table-4", "table-6"]; // dice 2, and mix 1, which is the best

testInBrowser(
  "report() counts without hidden runs, as if they had never been",
  {
    html: () => [report(table()), report(without(table(), hidden))],
    async test(page, never) {
      await page!.until(`document.querySelector(".seed input") !== null`);
      const before = await page!.valueOf<Counted>(counted);
      for (const id of hidden) await turn(page!, id);
      const now = await page!.valueOf<Counted>(counted);
      const expected = await never!.valueOf<Counted>(counted);
      for (const part of Object.keys(before)) {
        deepEqual(now[part], expected[part]);
        notDeepEqual(now[part], before[part], part);
      }
      // Shown again, all is as it was.
      for (const id of hidden) await turn(page!, id);
      deepEqual(await page!.valueOf<Counted>(counted), before);
      // One run has no other to be set against, and of none is none the best.
      const [last, ...others] = await page!.valueOf<string[]>(
        `[...document.querySelectorAll(".seed input")].map(({ value }) => value)`,
      );
      for (const id of others) await turn(page!, id);
      await page!.until(isSeen("#clefts .missed", true));
      await page!.until(isSeen("#clefts :has(> .scroll .by-place)", false));
      await page!.until(isSeen("#best-tile .against", true));
      await turn(page!, last!);
      await page!.until(isSeen("#best-tile .tile-value", true));
      await page!.until(isSeen("#best-tile .tile-more > *", false));
      // Where the choices lie over the page, the Escape key closes them.
      await page!.until(`(() => {
      window.matchMedia = () => ({ matches: false });
      const filter = document.getElementById("run-filter");
      filter.focus();
      filter.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
      const { activeElement: now } = document;
      return now.matches("#chooser:not([open]) > summary");
    })()`);
    },
  },
);
