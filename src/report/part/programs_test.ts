import { doesNotMatch, match } from "node:assert";
import { renderToString } from "preact-render-to-string";
import { h } from "preact";
import type { PageRun } from "../page.ts";
import { Programs } from "./programs.tsx";

const engine = {
  precision: "bf16",
  peakBytes: 5 * 2 ** 30,
  limitBytes: null,
  programs: [
    {
      ...{ name: "train_step", key: "a", origin: "compiled" as const },
      ...{ seconds: 44.54, workBytes: null },
    },
    {
      ...{ name: "forward", key: "b", origin: "loaded" as const },
      ...{ seconds: 0.25, workBytes: 1 },
    },
  ],
};

const render = (runs: readonly Partial<PageRun>[]) =>
  renderToString(h(Programs, { runs: runs as readonly PageRun[] }));

Deno.test("Programs tells precision, compile time, what was loaded, and peak memory", () => {
  const html = render([{ label: "a<b", engine }, {
    label: "other",
    engine: null,
  }]);
  match(
    html,
    />a&lt;b<\/th><td [^>]*>bf16<\/td><td [^>]*>train_step in 44\.5 s<\/td><td [^>]*>forward in 0\.3 s</,
  );
  match(html, /5 GiB|5\.0 GiB|5\.37 GB|5,?120/);
  doesNotMatch(html, /other/);
});

Deno.test("Programs is nothing where no engine told", () => {
  match(render([{ label: "a", engine: null }]), /^$/);
});
