import assert from "node:assert/strict";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { report } from "./report.tsx";
import { fullReport, smallPreview } from "./_testing.ts";
import { previewPage } from "./preview/mod.ts";

const browser = ["chromium", "chromium-browser", "google-chrome"]
  .find((name) => {
    try {
      return new Deno.Command(name, { args: ["--version"] }).outputSync()
        .success;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });

/** What a page looks like in the browser once its script has run; no errors. */
async function pageInBrowser(html: string): Promise<string> {
  const folder = Deno.makeTempDirSync();
  try {
    const path = join(folder, "page.html");
    Deno.writeTextFileSync(path, html);
    const { stdout, stderr } = await new Deno.Command(browser!, {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        `--user-data-dir=${join(folder, "profile")}`,
        "--enable-logging=stderr",
        "--window-size=1400,6000",
        "--virtual-time-budget=20000",
        "--dump-dom",
        `file://${path}`,
      ],
    }).output();
    const said = new TextDecoder().decode(stderr).split("\n")
      .filter((line) => line.includes(":CONSOLE"));
    assert.deepEqual(said, []);
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A test that is skipped where there is no browser. */
function browserTest(name: string, fn: () => Promise<void>): void {
  const why = browser ? "" : " (skipped: there is no Chromium)";
  Deno.test({ name: name + why, ignore: !browser, fn });
}

browserTest(
  "report() draws curves and sections in a browser, without an error",
  async () => {
    const page = await pageInBrowser(report(fullReport()));
    assertEquals(page.match(/class="uplot /g)?.length, 3); // a panel a metric
    assertEquals(page.match(/class="film"/g)?.length, 2); // a film a section
    assert.match(page, /<output for="viewer-section">/);
    assert.match(page, /aria-valuetext="z 3, Dice 0.200, worst"/);
  },
);

browserTest(
  "previewPage() draws its patches in a browser, without an error",
  async () => {
    const page = await pageInBrowser(previewPage(smallPreview()));
    // A drawn patch is enlarged, from 8 pixels a side to as many as fit.
    assertEquals(page.match(/width="424" height="424"/g)?.length, 3);
  },
);
