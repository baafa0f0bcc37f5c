import { deepStrictEqual, doesNotMatch, match } from "node:assert/strict";
import { BrowserPage, findBrowser } from "@/report/_browser_testing.ts";
import { type Started, tinyExperiment, Workplace } from "./_run.ts";

const browser = findBrowser();

/** That the page has something whose text fits, `what` being a CSS selector. */
function has(what: string, text = /^/): string {
  return `[...document.querySelectorAll(${JSON.stringify(what)})]
    .some((one) => ${text}.test(one.textContent))`;
}

/** That the page's script listens. */
const begun = `("script" in document.documentElement.dataset)`;

/** Clicks on something as soon as that can be done. */
function click(what: string): string {
  return `(() => {
    const one = document.querySelector(${JSON.stringify(what)});
    if (!${begun} || !one || one.disabled) return false;
    one.click();
    return true;
  })()`;
}

Deno.test({
  name: "the live page starts a training, follows it, stops it and goes on" +
    (browser ? "" : " (skipped: there is no Chromium)"),
  ignore: !browser || Deno.build.os === "windows",
  async fn() {
    using work = new Workplace();
    work.write(
      "longer.yaml", // longer than the test
      tinyExperiment.replace("name: tiny", "name: longer\nnotes: <i>&amp;</i>")
        .replace("volumeTotal: 24", "volumeTotal: 20000"),
    );
    const ui = work.start("ui");
    await using _ = whatGoesOn(ui);
    await ui.printed(/until Ctrl\+C: \S+\n/);
    const [, address] = /until Ctrl\+C: (\S+)/.exec(ui.out())!;
    await using page = await BrowserPage.visit(browser!, address!);
    await page.until(has(".empty", /No run yet/));
    await page.until(start("tiny.yaml", "loss.nosuch=1"));
    await page.until(has("#jobs details[open] pre", /loss has no "nosuch"/));
    // One from its beginning to its end, which shows its sections; columns for
    // its scores come, and leave the table sorted as it was.
    await page.until(sortByRun);
    await page.until(start("tiny.yaml"));
    await page.until(isSorted("[data-scores*=ap]", "tiny"));
    await page.until(click("#runs-table tbody a"));
    await page.until(has("#run-head .badge", /finished/));
    await page.until(`document.querySelectorAll(".film").length > 0`);
    await page.until(click(".crumbs a"));
    // One that is followed, stopped, marked and gone on with; its row comes where
    // it belongs.
    await page.until(sortByRun);
    await page.until(start("longer.yaml"));
    await page.until(isSorted("", "tiny longer"));
    await page.until(has("tr[data-state=running] .progress", /%.* left/));
    await page.until(keepsFocus("tr[data-state=running] a"));
    await page.until(keepsFocus("#jobs summary"));
    await page.until(click("tr[data-state=running] a"));
    await page.until(has(".plot .u-over")); // curves are drawn
    const step = `Number(/step ([\\d\u202f]+) of/.exec(
      document.getElementById("run-head").textContent)[1]
      .replace("\u202f", ""))`;
    await page.until(`(window.first ??= ${step}) < ${step}`); // as loaded once
    // Sections come with each validation, and stay with a run that is cut.
    const seen = has("#viewer-when:not([hidden])", /^longer after step \d/);
    await page.until(seen);
    const when = `document.getElementById("viewer-when").textContent`;
    await page.until(`(window.seen ??= ${when}) !== ${when}`); // as loaded once
    await page.until(click("#actions [data-act=stop]"));
    await page.until(has("#run-head .badge", /interrupted/));
    await page.until(seen);
    await page.until(click("#actions [data-act=note]"));
    await page.until(`(() => {
      const form = document.querySelector("#ask-note[open] form");
      form.elements.note.value = "<b>bold</b>";
      form.requestSubmit();
      return true;
    })()`);
    await page.until(has("#run-head .run-note", /<b>bold<\/b>/));
    doesNotMatch(await page.html(), /<b>bold|<i>&amp;/);
    await page.until(click("#actions [data-act=resume]"));
    await page.until(has("#run-head .badge", /running/));
    await page.until(click("[data-stop-job]"));
    await page.until(has("#run-head .badge", /interrupted/));
    await page.until(has("#jobs .badge", /stopped/)); // its process has ended
    deepStrictEqual(page.complaints, []);
    ui.kill("SIGINT");
    const { code, out, err } = await ui.ended;
    deepStrictEqual([code, /^No longer serving;/m.test(err)], [0, true], err);
    doesNotMatch(out, /Goes on/);
    // The page says that it stands still, how to go on, and when others have.
    const command = /deno task ui .*--port (\d+)$/;
    await page.until(has("#ended:not([hidden]) code", command));
    await page.until(has("#ended [data-why=ended]:not([hidden])"));
    const { port } = new URL(address!);
    const next = work.start("ui", "--port", port);
    await using _next = whatGoesOn(next);
    await page.until(has("#ended [data-why=elsewhere]:not([hidden])"));
    match(await page.html(), new RegExp(`--port ${port}<`));
    using records = work.records();
    const runs = records.runs();
    deepStrictEqual(
      runs.map(({ experiment, state }) => [experiment, state]),
      [["tiny", "finished"], ["longer", "interrupted"]],
    );
    deepStrictEqual(records.resumes(runs[1]!.id).length, 1);
  },
});

/** Sorts the table of runs by their names, the last one first. */
const sortByRun = `(() => {
  const button = document.querySelector("#runs-table th[data-sort] button");
  if (!${begun} || !button) return false;
  button.click();
  button.click();
  return true;
})()`;

/** That it is sorted so, its rows being those of some runs. */
function isSorted(table: string, names: string): string {
  return `(() => {
    const table = document.querySelector("#runs-table${table}");
    const names = table && [...table.tBodies[0].rows]
      .map((row) => row.cells[1].dataset.value);
    return names?.join(" ") === ${JSON.stringify(names)} &&
      table.querySelector("[aria-sort=descending]").textContent === "Run";
  })()`;
}

/** That what has the focus has it still once others stand in its place. */
function keepsFocus(what: string): string {
  return `(() => {
    const one = document.querySelector(${JSON.stringify(what)});
    if (!window.focused) (window.focused = one).focus();
    if (focused.isConnected) return false;
    const isKept = document.activeElement === one;
    if (isKept) window.focused = undefined;
    return isKept;
  })()`;
}

/** What a page has started goes on when it ends; a test that fails ends it. */
function whatGoesOn(ui: Started): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      ui.kill("SIGINT");
      const { out } = await ui.ended;
      for (const [, pid] of out.matchAll(/^Goes on as process (\d+):/gm)) {
        try {
          Deno.kill(Number(pid), "SIGKILL");
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound)) throw error;
        }
      }
    },
  };
}

/** Starts an experiment by the page's form. */
function start(file: string, set = ""): string {
  return `(() => {
    const form = document.getElementById("start");
    if (!${begun} || !form) return false;
    form.elements.file.value = ${JSON.stringify(file)};
    form.elements.set.value = ${JSON.stringify(set)};
    form.requestSubmit();
    return true;
  })()`;
}
