import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";
import { posix } from "node:path";
// The drawing library belongs to the module graph, so that it is fetched with
// the rest; what runs is its browser build, inlined into the page.
import "uplot";
import { paletteCss } from "./palette.ts";

/** Text that goes into the page as it is. */
export interface Asset {
  /** The text. */
  readonly text: string;
  /** What a content security policy allows it by. */
  readonly policy: string;
}

/** The kinds of page. */
export type PageKind = "report" | "preview" | "alignment" | "runs" | "run";

/** The styles that every page begins with. */
const pageStyles = ["base", "frame", "overview", "facts"];

/** The styles of a report. */
const reportStyles = [
  ...pageStyles,
  "table",
  "ablation",
  "chooser",
  "options",
  "curves",
  "precision_recall",
  "sections",
  "gallery",
  "print",
];

/** The script that begins each kind, and its styles in order. */
const files: Readonly<
  Record<PageKind, { start: string; styles: readonly string[] }>
> = {
  report: { start: "start", styles: reportStyles },
  run: { start: "run_page", styles: [...reportStyles, "live", "live_actions"] },
  preview: {
    start: "preview",
    styles: [...pageStyles, "curves", "sections", "preview", "print"],
  },
  runs: {
    start: "runs_page",
    styles: [...pageStyles, "table", "live", "live_actions", "print"],
  },
  alignment: {
    start: "alignment",
    styles: [...pageStyles, "table", "preview", "alignment", "print"],
  },
};

/** Which pages ask the server that they come from. */
export const isServed: Readonly<Record<PageKind, boolean>> = {
  report: false,
  preview: false,
  alignment: false,
  runs: true,
  run: true,
};

const cache = new Map<string, Asset>();

/** A page's style sheet. */
export function style(page: PageKind): Asset {
  return cached(`style ${page}`, () => [
    ...(drawsCurves(page) ? [read("uplot", "./uPlot.min.css")] : []),
    paletteCss(),
    ...files[page].styles.map((name) =>
      read(`./style/${name}.css`).replace(/^ +/gm, "")
    ),
  ]);
}

/** A page's script: the drawing library, then our own files as one scope. */
export function script(page: PageKind): Asset {
  return cached(`script ${page}`, () => [
    ...(drawsCurves(page) ? [read("uplot", "./uPlot.iife.min.js")] : []),
    `"use strict";(() => {`,
    ...scriptsOf(page).map((path) => asScript(scriptFile(path))),
    "})();",
  ]);
}

/**
 * The files that a page's script is made of, each after those that it imports.
 * What pages count by themselves they count by the code that makes them: its
 * files are TypeScript, without their types.
 */
export function scriptsOf(page: PageKind): readonly string[] {
  const paths = new Set<string>();
  const add = (path: string) => {
    for (const [, other] of scriptFile(path).matchAll(imported)) {
      const file = posix.join(posix.dirname(path), other!);
      if (!paths.has(file)) add(file);
    }
    paths.add(path);
  };
  add(`client/${files[page].start}.js`);
  return [...paths];
}

/** What a file imports to use it; types are none. */
const imported = /^import\s(?!type\b)[^;]*"(\.[^"]+)";$/gm;

function scriptFile(path: string): string {
  const text = read(`./${path}`);
  return path.endsWith(".ts")
    ? stripTypeScriptTypes(text).replace(/(?<=\S) {2,}/g, " ") // where types were
    : text;
}

function drawsCurves(page: PageKind): boolean {
  return scriptsOf(page).includes("client/curves.js");
}

function cached(key: string, lines: () => readonly string[]): Asset {
  if (!cache.has(key)) cache.set(key, asset(lines().join("\n")));
  return cache.get(key)!;
}

/** A module of ours without its imports and exports, comments and indents left out. */
function asScript(module: string): string {
  return module
    .replace(/^import\s[^;]*;\n/gm, "")
    .replace(/^export /gm, "")
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, "")
    .replace(/^\s*\/\/.*\n/gm, "")
    .replace(/^\s+/gm, "") // no text of ours goes over lines
    .replace(/ +$/gm, "");
}

/** A file beside this one, or beside the entry of a package. */
function read(path: string, inPackage?: string): string {
  const url = inPackage
    ? new URL(inPackage, import.meta.resolve(path))
    : new URL(path, import.meta.url);
  return Deno.readTextFileSync(url);
}

/**
 * A text as an asset.
 *
 * @throws {TypeError} If it would end its element.
 */
export function asset(text: string): Asset {
  if (/<\/(script|style)/i.test(text)) {
    throw new TypeError("Cannot inline a text that would end its element");
  }
  const hash = createHash("sha256").update(text).digest("base64");
  return { text, policy: `'sha256-${hash}'` };
}
