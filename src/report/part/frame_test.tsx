import { deepEqual, equal, match } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { documentOf, Frame } from "./frame.tsx";

const frame = (title: string) => (
  <Frame page="report" title={title} parts={[{ id: "a", title: "Part A" }]}>
    <p>Content</p>
  </Frame>
);

Deno.test("Frame() leads to each part, and shows title and content", () => {
  const { lines, html } = see(frame("My runs"));
  deepEqual(lines.slice(-4), [
    "Part A",
    "◐ Auto",
    ...["My runs", "Content"],
  ]);
  match(html, /<title>My runs · Cleft<\/title>/);
  match(html, /<li><a href="#a">Part A<\/a><\/li>/);
});

Deno.test("documentOf() is one whole document", () => {
  const text = documentOf(frame("<b>"));
  match(text, /^<!doctype html>\n<html lang="en">/);
  match(text, /<\/html>\n$/);
  match(text, /<h1>&lt;b><\/h1>/);
  equal(text, documentOf(frame("<b>")));
});
