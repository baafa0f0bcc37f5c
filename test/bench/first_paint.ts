import { projectFolder } from "@/command/mod.ts";
import { BrowserPage, findBrowser } from "@/report/_browser_testing.ts";
import { serveUi } from "@/ui/mod.ts";

/**
 * Milliseconds from asking for the live page of a results folder to the first
 * paint of its runs in a browser; NaN where there is none.
 */
export async function firstPaintMs(folder: string): Promise<number> {
  const browser = findBrowser();
  if (!browser) return NaN;
  const stop = new AbortController();
  const { base, finished } = serveUi({
    ...{ folder, port: 0, signal: stop.signal, projectFolder },
    ...{
      callerFolder: folder,
      dataRoots: [],
      knows: () => false,
      command: "ui",
    },
    onError: (error) => console.error(error),
  });
  try {
    await using page = await BrowserPage.visit(browser, `${base}/`);
    await page.until(`(() => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      if (paint) document.documentElement.dataset.paint = paint.startTime;
      return paint !== undefined;
    })()`);
    return Number(/data-paint="([^"]+)"/.exec(await page.html())![1]);
  } finally {
    stop.abort();
    await finished;
  }
}
