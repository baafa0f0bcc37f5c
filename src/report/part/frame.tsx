import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { isServed, type PageKind, script, style } from "../assets.ts";

/** A part of a page that its side bar leads to. */
export interface FramePart {
  /** The id of its element. */
  readonly id: string;
  /** What the side bar calls it. */
  readonly title: string;
}

/** One HTML document as text. */
export function documentOf(html: VNode): string {
  return `<!doctype html>\n${renderToString(html)}\n`;
}

/**
 * What every page has around its content: head, side bar, title, and the script
 * at the end. It needs no other file, stores nothing, and makes no request but
 * to the server that it comes from, if it is a page that lives.
 */
export function Frame(
  { page, title, parts, aside, children }: {
    page: PageKind;
    title: string;
    parts: readonly FramePart[];
    /** What stands in the side bar below the parts. */
    aside?: VNode | null;
    children: ComponentChildren;
  },
): VNode {
  return (
    <html lang="en">
      <Head page={page} title={title} />
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <Side title={title} parts={parts} aside={aside ?? null} />
        <main id="main">
          <header class="page-head" id="top">
            <h1>{title}</h1>
          </header>
          {children}
        </main>
        <script dangerouslySetInnerHTML={{ __html: script(page).text }} />
      </body>
    </html>
  );
}

function Head({ page, title }: { page: PageKind; title: string }): VNode {
  const policy = [
    "default-src 'none'",
    `script-src ${script(page).policy}`,
    `style-src ${style(page).policy}`,
    "img-src data:",
    ...(isServed[page] ? ["connect-src 'self'"] : []),
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
      <style dangerouslySetInnerHTML={{ __html: style(page).text }} />
    </head>
  );
}

function Side(
  { title, parts, aside }: {
    title: string;
    parts: readonly FramePart[];
    aside: VNode | null;
  },
): VNode {
  return (
    <nav class="side" aria-label="Sections of this page">
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
      {aside}
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
