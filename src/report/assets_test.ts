import {
  deepEqual,
  doesNotMatch,
  equal,
  match,
  ok,
  throws,
} from "node:assert/strict";
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { asset, script, scriptsOf, style } from "./assets.ts";

const kinds = ["report", "preview", "alignment", "runs", "run"] as const;

Deno.test("script() is one strict scope of our modules, without comments", () => {
  for (const kind of kinds) {
    const { text } = script(kind);
    const own = text.slice(text.indexOf('"use strict";(() => {'));
    match(own, /\}\)\(\);$/);
    doesNotMatch(own, /^(import|export)\b/m);
    doesNotMatch(own, /^\s*\/[/*]/m);
    new Function(own); // parses
    // A function would silently take the place of another of its name.
    const names = [...own.matchAll(/^(?:async )?(?:function|class) (\w+)/gm)]
      .map(([, name]) => name);
    deepEqual(names, [...new Set(names)]);
  }
});

Deno.test("scriptsOf() has what each of its files imports, before it", () => {
  for (const kind of kinds) {
    const names = scriptsOf(kind);
    for (const [place, name] of names.entries()) {
      const module = Deno.readTextFileSync(
        new URL(name, import.meta.url),
      );
      const imports = /^import (?!type).*? from "(\.[^"]+)"/gms;
      for (const [, file] of module.matchAll(imports)) {
        const path = posix.join(posix.dirname(name), file!);
        ok(names.slice(0, place).includes(path), `${kind}: ${name}, ${path}`);
      }
    }
  }
});

Deno.test("script() of what draws curves alone has the drawing library", () => {
  ok(script("report").text.startsWith("/*! https://github.com/leeoniya/uPlot"));
  ok(script("preview").text.startsWith('"use strict"'));
  match(style("report").text, /\.uplot/);
  doesNotMatch(style("preview").text, /\.uplot\b/);
});

Deno.test("style() has the colours of runs before what uses them", () => {
  for (const kind of kinds) match(style(kind).text, /\.run-0\{color:/);
});

Deno.test("script() and style() are allowed by their own hash, and made once", () => {
  for (const kind of kinds) {
    for (const make of [script, style]) {
      const asset = make(kind);
      const hash = createHash("sha256").update(asset.text).digest("base64");
      equal(asset.policy, `'sha256-${hash}'`);
      equal(make(kind), asset);
      doesNotMatch(asset.text, /<\/(script|style)/i);
    }
  }
  deepEqual(script("report") === script("preview"), false);
});

Deno.test("asset() refuses a text that would end its element", () => {
  for (const text of ["a</script>", "a</STYLE >"]) {
    throws(() => asset(text), TypeError);
  }
  equal(asset("a < /script").text, "a < /script");
});
