import assert from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { countIs, testInBrowser } from "./_browser_testing.ts";
import { previewPage } from "./preview/mod.ts";
import type { ReportData } from "./data.ts";
import { report } from "./report.tsx";
import { fullReport } from "./_full_testing.ts";
import { makeSeries } from "./_testing.ts";
import { smallPreview } from "./preview/_testing.ts";

testInBrowser("report() draws curves and sections, without an error", {
  html: () => report(fullReport()),
  async test(page) {
    await page.until(countIs(".uplot", 3)); // a panel a metric
    await page.until(countIs(".film", 2)); // a film a section
    const html = await page.html();
    assert.match(html, /<output for="viewer-section">/);
    assert.match(html, /aria-valuetext="z 3, Dice 0.200, worst"/);
    // Sections begin at the median, and go by Dice where that is asked for.
    await page.until(`(() => {
      const order = document.getElementById("viewer-order");
      order.value = "best";
      order.dispatchEvent(new Event("change"));
      return document.getElementById("viewer-section")
        .getAttribute("aria-valuetext").endsWith(", best");
    })()`);
    // Two runs stand beside each other, with how they differ.
    await page.until(`/^Dice 0.[23]00 \\([−+]0.100\\)$/.test(
      (document.getElementById("viewer-order").value = "worst",
      document.getElementById("viewer-order").dispatchEvent(new Event("change")),
      document.querySelectorAll("[data-role=facts]")[1].value))`);
    await page.until(`(document.querySelector("[value=difference]").click(),
      getComputedStyle(document.querySelector(".mark-missed")).display === "none")`);
    // A read-out lies within the window, and says where it is.
    await page.until(`(() => {
      const plot = document.querySelector(".plot");
      plot.focus();
      plot.dispatchEvent(new KeyboardEvent("keydown", { key: "End" }));
      const tip = plot.querySelector(".tip"), { left, right } =
        tip.getBoundingClientRect();
      return tip.matches(":popover-open") && left >= 0 &&
        right <= innerWidth && /^step 30/.test(tip.textContent);
    })()`);
    // What is hidden is hidden everywhere, and copies have what is seen.
    await page.until(`(() => {
      navigator.clipboard.writeText = async (text) => { window.copied = text; };
      const filter = document.getElementById("run-filter");
      filter.value = "focal";
      filter.dispatchEvent(new Event("input"));
      document.querySelector("#scores [data-table=markdown]").click();
      return true;
    })()`);
    await page.until(`window.copied?.split("\\n").length === 5`);
    await page.until(countIs("tr[data-run='0']:not(.is-off)", 0));
    await page.until(countIs("#viewer-run-0 option", 1));
    await page.until(`/^\\| focal/m.test(window.copied)`);
    await page.until(`!/mixloss/.test(window.copied)`);
    // A group of many stops has a way around it.
    await page.until(`(() => {
      const skip = [...document.querySelectorAll("#scores .skip-over")].at(-1);
      skip.click();
      const { activeElement: now } = document;
      return skip.textContent.startsWith("Skip the table") &&
        now.previousElementSibling === skip.nextElementSibling;
    })()`);
    // On paper all is open, light and as wide as paper; then as before.
    const folded = "main details:not([open])";
    await page.until(`(window.folded = document.querySelectorAll("${folded}")
      .length) > 0`);
    await page.until(`(dispatchEvent(new Event("beforeprint")), true)`);
    await page.until(countIs(folded, 0));
    await page.until(`getComputedStyle(document.documentElement)
      .colorScheme === "light"`);
    await page.until(`[...document.querySelectorAll(".uplot canvas")]
      .every(({ offsetWidth }) => offsetWidth > 200 && offsetWidth < 360)`);
    await page.until(`(dispatchEvent(new Event("afterprint")), true)`);
    await page.until(`document.querySelectorAll("${folded}").length ===
      window.folded`);
  },
});

/** The same, its plans those of experiments that can be told as files. */
function withExperiments(data: ReportData): ReportData {
  const runs = data.runs.map(({ run, ...rest }) => ({
    ...rest,
    run: { ...run, plan: JSON.stringify({ spec: JSON.parse(run.plan) }) },
  }));
  return { ...data, runs };
}

testInBrowser(
  "report() hides a single seed everywhere, and its address tells",
  {
    html: () => report(twoSeeds()),
    async test(page) {
      await page.until(countIs(".plot .u-over", 3));
      await page.until(`(document.querySelector(".seed input").click(), true)`);
      await page.until(countIs("tr[data-run='0']:not(.is-off)", 0));
      await page.until(`document.querySelector("#scores tr[data-run='1']")
      .checkVisibility()`);
      await page.until(countIs("#viewer-run-0 option", 1));
      await page.until(`/1 of 2/.test(
      document.getElementById("chooser-count").textContent)`);
      await page.until(
        `location.hash.includes("hidden=mixloss-20261123-2105-k3f1")`,
      );
    },
  },
);

testInBrowser("report() opens the view that its address tells", {
  html: () => report(withExperiments(fullReport())),
  async test(page) {
    await page.until(`/name: mixloss/.test(document.getElementById(
      "experiment-text").textContent)`);
    const did = (id: string, value: string) =>
      `(() => {
      const control = document.getElementById("${id}");
      control.value = "${value}";
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.dispatchEvent(new Event("change", { bubbles: true }));
      return true;
    })()`;
    await page.until(countIs(".film", 2));
    await page.until(did("run-filter", "focal"));
    await page.until(did("smoothing", "0.8"));
    await page.until(did("experiment-run", "1"));
    await page.until(did("viewer-order", "best"));
    await page.until(`(() => {
      for (const what of [
        "[name=viewer-mode][value=errors]",
        "#scores input[data-columns]",
        "#scores [data-sort=text] button",
        "[data-zoom=in]",
        "main details:not([open]) > summary",
      ]) document.querySelector(what).click();
      return true;
    })()`);
    const kept = {
      "run-filter": "focal",
      smoothing: "0.8",
      "experiment-run": "1",
      "viewer-order": "best",
      "viewer-mode": "errors",
      columns: "all",
      "sort-Scores-1": "Run..ascending",
      "viewer-zoom": "1.60 0.50 0.50",
    };
    await page.until(`(() => {
      const told = new URLSearchParams(location.hash.split("?")[1]);
      return Object.entries(${JSON.stringify(kept)})
        .every(([name, value]) => told.get(name) === value);
    })()`);
    // Opened anew, it is the same; a link to a part keeps it so.
    await page.until(`(location.reload(), true)`);
    await page.until(`${countIs(".film", 2)} &&
      document.getElementById("viewer").dataset.mode === "errors" &&
      document.getElementById("smoothing").value === "0.8" &&
      document.getElementById("smoothing").nextElementSibling.value === "mean over 5.0 points" &&
      document.querySelectorAll("tr[data-run='0']:not(.is-off)").length === 0 &&
      document.querySelector("#scores [data-sort=text][aria-sort]") !== null &&
      "columns" in document.documentElement.dataset &&
      /,name: focal$/m.test(decodeURIComponent(
        document.getElementById("experiment-link").href)) &&
      /^name: focal$/m.test(
        document.getElementById("experiment-text").textContent)`);
    await page.until(`(document.querySelector(".side li a").click(), true)`);
    await page.until(`location.hash.includes("?run-filter=focal")`);
    // What no page tells is no fault, and what is not told is as it began.
    await page.until(
      `(location.hash = "#x?runs=%22&smoothing=y&sort-Scores-1=9.9.up" +
      "&viewer-order=z&viewer-zoom=a&curve-range=b&turned=c", true)`,
    );
    await page.until(`document.getElementById("run-filter").value === ""`);
    await page.until(`(location.hash = "#?smoothing=0.1", true)`);
    await page.until(`document.getElementById("smoothing").value === "0.1"`);
    await page.until(countIs("tr.is-off", 0));
    await page.until(`!("chosen" in document.documentElement.dataset)`);
    // Rows whose place others have taken do not come back with the order.
    await page.until(`(() => {
      const button = document.querySelector("#scores [data-sort=text] button");
      button.click();
      const [body] = button.closest("table").tBodies;
      body.replaceChildren(...[...body.rows].map((row) => row.cloneNode(true)));
      window.count = () => body.rows.length;
      window.before = count();
      return (location.hash = "#?smoothing=0.2", true);
    })()`);
    await page.until(`document.getElementById("smoothing").value === "0.2"`);
    await page.until(`count() === before`);
  },
});

/** The first of those runs, and its twin of another seed. */
function twoSeeds(): ReportData {
  const data = fullReport(), [first] = data.runs;
  const run = { ...first!.run, id: "twin", seed: 2 };
  return { ...data, runs: [first!, { ...first!, run }] };
}

/** The same runs with the time that their steps took, a second each. */
function timedReport(): ReportData {
  const data = fullReport();
  const time = makeSeries("speed.stepMs", new Array(30).fill(1000));
  return {
    ...data,
    runs: data.runs.map((run) => ({ ...run, series: [...run.series, time] })),
  };
}

testInBrowser("report() saves curves on white, whatever the page's colours", {
  html: () => report(timedReport()),
  async test(page) {
    await page.until(countIs(".save", 3));
    await page.until(`(() => {
      window.saved = {};
      URL.createObjectURL = (blob) => (window.blob = blob, "data:,");
      URL.revokeObjectURL = () => {};
      HTMLAnchorElement.prototype.click = function () {
        window.saved[this.download] = window.blob;
      };
      document.querySelector("[name=abscissa][value=time]").click();
      document.documentElement.dataset.theme = "dark";
      document.dispatchEvent(new Event("colours"));
      const panel = document.querySelectorAll(".panel")[2];
      for (const button of panel.querySelectorAll(".save button")) button.click();
      return true;
    })()`);
    await page.until(
      `Object.keys(window.saved).join() === "two-losses-ap.svg,two-losses-ap.png"`,
    );
    await page.until(`(window.saved["two-losses-ap.svg"].text().then((svg) => {
      const root = new DOMParser().parseFromString(svg, "image/svg+xml")
        .documentElement;
      window.ink = root.getAttribute("fill");
      window.words = [...root.querySelectorAll("text")]
        .map(({ textContent }) => textContent);
    }), true)`);
    await page.until(`window.ink === "rgb(26, 29, 33)"`); // as on light paper
    await page.until(
      `["AP", "Two losses", "seconds of training", "darkness 0.33", "mixloss",
      "focal", "Dashed: darkness alone, no learning."]
      .every((text) => window.words.includes(text))`,
    );
    await page.until(`window.saved["two-losses-ap.png"].size > 5000`);
  },
});

testInBrowser("previewPage() draws its patches, without an error", {
  html() {
    const data = smallPreview(), [stage] = data.stages;
    const [first, ...others] = stage!.draws;
    const opensAt = { before: 0, after: 3 };
    const draws = [{ ...first!, opensAt }, ...others];
    return previewPage({ ...data, stages: [{ ...stage!, draws }] });
  },
  async test(page) {
    // A drawn patch is enlarged, from 8 pixels a side to as many as fit.
    await page.until(countIs('canvas[width="424"][height="424"]', 3));
    assertEquals((await page.html()).match(/<canvas/g)?.length, 3);
    // What begins elsewhere goes with the slider once that is moved.
    await page.until(countIs(".patch-tag.is-section", 1));
    await page.until(`(() => {
      const slider = document.getElementById("preview-section");
      slider.value = 2;
      slider.dispatchEvent(new Event("input"));
      return document.querySelector("[data-section]") === null;
    })()`);
    await page.until(countIs(".patch-tag.is-section", 0));
  },
});
