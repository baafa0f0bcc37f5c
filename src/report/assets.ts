import { createHash } from "node:crypto";
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

/** In the order in which they need each other. */
const clientFiles = [
  "decode",
  "smooth",
  "format",
  "theme",
  "curves",
  "overlay",
  "sections",
  "tables",
  "start",
];

const styleFiles = ["page", "table", "curves", "sections", "print"];

let styleCache: Asset | undefined, scriptCache: Asset | undefined;

/** The page's style sheet. */
export function style(): Asset {
  return styleCache ??= asset([
    read("uplot", "./uPlot.min.css"),
    paletteCss(),
    ...styleFiles.map((name) => read(`./style/${name}.css`)),
  ].join("\n"));
}

/** The page's script: the drawing library, then our own files as one scope. */
export function script(): Asset {
  return scriptCache ??= asset([
    read("uplot", "./uPlot.iife.min.js"),
    `"use strict";(() => {`,
    ...clientFiles.map((name) => asScript(read(`./client/${name}.js`))),
    "})();",
  ].join("\n"));
}

/** A module of ours without its imports and exports, comments left out. */
function asScript(module: string): string {
  return module
    .replace(/^import\s[^;]*;\n/gm, "")
    .replace(/^export /gm, "")
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\n/gm, "")
    .replace(/^\s*\/\/.*\n/gm, "");
}

/** A file beside this one, or beside the entry of a package. */
function read(path: string, inPackage?: string): string {
  const url = inPackage
    ? new URL(inPackage, import.meta.resolve(path))
    : new URL(path, import.meta.url);
  return Deno.readTextFileSync(url);
}

function asset(text: string): Asset {
  if (/<\/(script|style)/i.test(text)) {
    throw new TypeError("Cannot inline a text that would end its element");
  }
  const hash = createHash("sha256").update(text).digest("base64");
  return { text, policy: `'sha256-${hash}'` };
}
