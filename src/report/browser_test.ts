import assert from "node:assert/strict";
import { join } from "node:path";
import { assertEquals } from "@test/helpers.ts";
import { report } from "./report.tsx";
import { fullReport } from "./_testing.ts";

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

Deno.test({
  name: "report() draws curves and sections in a browser, without an error" +
    (browser ? "" : " (skipped: there is no Chromium)"),
  ignore: !browser,
  async fn() {
    const folder = Deno.makeTempDirSync();
    try {
      const path = join(folder, "report.html");
      Deno.writeTextFileSync(path, report(fullReport()));
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
          "--virtual-time-budget=4000",
          "--dump-dom",
          `file://${path}`,
        ],
      }).output();
      const said = new TextDecoder().decode(stderr).split("\n")
        .filter((line) => line.includes(":CONSOLE"));
      assert.deepEqual(said, []);
      const page = new TextDecoder().decode(stdout);
      assertEquals(page.match(/class="uplot /g)?.length, 3); // a panel a metric
      assertEquals(page.match(/class="film"/g)?.length, 2); // a film a section
      assert.match(page, /<output for="viewer-section">/);
      assert.match(page, /aria-valuetext="z 3, Dice 0.200, worst"/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
