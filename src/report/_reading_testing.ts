import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { ReportData } from "./data.ts";
import { openPage } from "./page.ts";
import { sections } from "./section/mod.ts";

/** What a reader meets in some markup. */
export interface Seen {
  /**
   * A line for each heading, row, item and paragraph, cells apart by ` | `,
   * without scripts and what copies tables.
   */
  readonly lines: readonly string[];
  /** What shows under the pointer, in order. */
  readonly titles: readonly string[];
  /** The markup itself. */
  readonly html: string;
  /** What the page's script reads from the element of some id. */
  // deno-lint-ignore no-explicit-any
  json(id: string): any;
}

/** Reads what a node or a page shows. */
export function see(node: VNode | string | null): Seen {
  const html = typeof node === "object" && node !== null
    ? renderToString(node)
    : node ?? "";
  const text = html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<div class="table-tools[\s\S]*?<\/div>/g, "")
    .replace(/<\/(td|th)><t[dh]/g, " | <i")
    .replace(
      /<\/?(tr|p|li|h[1-6]|dt|dd|div|details|summary|caption|figcaption|text|label|legend|header|option|pre)\b[^>]*>/g,
      "\n",
    )
    .replace(/<[^>]*>/g, " ");
  return {
    lines: unescaped(text).split("\n").map((line) =>
      line.replace(/\s+/g, " ").trim()
    ).filter((line) => line !== ""),
    titles: [...html.matchAll(/ title="([^"]*)"/g)]
      .map(([, title]) => unescaped(title!)),
    html,
    json(id) {
      const [, json] = new RegExp(`id="${id}">(.*?)</script>`, "s")
        .exec(html) ?? [];
      return JSON.parse(json!);
    },
  };
}

/** Reads what a section of the catalog shows of some data, if anything. */
export function seeSection(
  entry: { readonly type: string; readonly [option: string]: unknown },
  data: ReportData,
): Seen {
  const section = sections.create(sections.schema.parse(entry));
  return see(section.render(openPage(data)) as VNode | null);
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
