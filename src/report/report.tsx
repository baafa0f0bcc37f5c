import type { VNode } from "preact";
import { defaultOptions, type Entry } from "@/core/mod.ts";
import type { ReportData } from "./data.ts";
import { openPage, type Page } from "./page.ts";
import { About } from "./part/about.tsx";
import { Chooser } from "./part/chooser.tsx";
import { documentOf, Frame } from "./part/frame.tsx";
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
  const shown = shownSections(page, entries);
  return documentOf(
    <Frame
      page="report"
      title={data.title}
      parts={shown}
      aside={page.runs.length > 0 ? <Chooser page={page} /> : null}
    >
      <ReportContent page={page} shown={shown} />
    </Frame>,
  );
}

/** A section that has something to show. */
export interface ShownSection {
  /** Its place in the page, for links. */
  readonly id: string;
  /** Its heading. */
  readonly title: string;
  /** What it shows. */
  readonly content: object;
}

/** The sections that have something to show of a page, every one by default. */
export function shownSections(
  page: Page,
  entries: readonly Entry[] = everySection(),
): readonly ShownSection[] {
  return entries.flatMap((entry) => {
    const section = sections.create(entry);
    const content = section.render(page);
    return content === null ? [] : [{ ...section, content }];
  });
}

/** All that a report says. */
export function ReportContent(
  { page, shown }: { page: Page; shown: readonly ShownSection[] },
): VNode {
  return (
    <>
      <About page={page} />
      <NoticeList page={page} />
      <Overview page={page} />
      {shown.map(({ id, title, content }) => (
        <section key={id} id={id} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`}>{title}</h2>
          {content}
        </section>
      ))}
      <Foot page={page} />
    </>
  );
}

function everySection(): Entry[] {
  return sections.components.map((component) => ({
    type: component.name,
    ...defaultOptions(component),
  }));
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
