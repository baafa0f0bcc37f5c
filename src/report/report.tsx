import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { defaultOptions, type Entry } from "@/core/mod.ts";
import { script, style } from "./assets.ts";
import type { ReportData } from "./data.ts";
import { openPage, type Page } from "./page.ts";
import { NoticeList } from "./part/notice_list.tsx";
import { Overview } from "./part/overview.tsx";
import { sections } from "./section/mod.ts";

/** What a report may be told besides its data. */
export interface ReportOptions {
  /** Its sections in order; every section by default. */
  readonly sections?: readonly Entry[];
}

/**
 * One HTML file that needs nothing else: no request, no storage. Equal data and
 * options give equal bytes.
 */
export function report(
  data: ReportData,
  { sections: entries = everySection() }: ReportOptions = {},
): string {
  const page = openPage(data);
  const shown = entries.flatMap((entry) => {
    const section = sections.create(entry);
    const content = section.render(page);
    return content === null ? [] : [{ ...section, content }];
  });
  const html = renderToString(
    <html lang="en">
      <Head title={data.title} />
      <body>
        <a class="skip" href="#main">Skip to the results</a>
        <Side title={data.title} parts={shown} />
        <main id="main">
          <header class="page-head" id="top">
            <h1>{data.title}</h1>
          </header>
          <NoticeList page={page} />
          <Overview page={page} />
          {shown.map(({ id, title, content }) => (
            <section id={id} aria-labelledby={`${id}-title`}>
              <h2 id={`${id}-title`}>{title}</h2>
              {content}
            </section>
          ))}
          <Foot page={page} />
        </main>
        <script dangerouslySetInnerHTML={{ __html: script().text }} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}

function everySection(): Entry[] {
  return sections.components.map((component) => ({
    type: component.name,
    ...defaultOptions(component),
  }));
}

function Head({ title }: { title: string }): VNode {
  const policy = [
    "default-src 'none'",
    `script-src ${script().policy}`,
    `style-src ${style().policy}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{`${title} · Cleft`}</title>
      <link rel="icon" href="data:," />
      <style dangerouslySetInnerHTML={{ __html: style().text }} />
    </head>
  );
}

function Side(
  { title, parts }: {
    title: string;
    parts: readonly { id: string; title: string }[];
  },
): VNode {
  return (
    <nav class="side" aria-label="Sections of this report">
      <a class="brand" href="#top" title={title}>
        <Mark />
        Cleft
      </a>
      <ol>
        {parts.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
      <button
        type="button"
        id="theme"
        class="needs-script"
        aria-label="Colours: as the system"
      >
        <span aria-hidden="true">◐</span> <span class="theme-name">Auto</span>
      </button>
    </nav>
  );
}

/** Two membranes and the cleft between them. */
function Mark(): VNode {
  return (
    <svg
      class="mark-cleft"
      viewBox="0 0 24 24"
      width="22"
      height="22"
      aria-hidden="true"
    >
      <path d="M2 3c3 6 6 7 10 7s7-1 10-7" />
      <path d="M2 21c3-6 6-7 10-7s7 1 10 7" />
      <path class="density" d="M8 12h8" />
    </svg>
  );
}

function Foot({ page }: { page: Page }): VNode {
  const versions = new Set(
    page.runs.flatMap(({ run }) => run.environment.versions["cleft"] ?? []),
  );
  return (
    <footer class="page-foot">
      Made by Cleft from its records alone; the same records give the same file.
      {versions.size > 0 && ` Runs by version ${[...versions].join(", ")}.`}
    </footer>
  );
}
