import { match } from "node:assert/strict";
import { assertEquals } from "@test/helpers.ts";
import { smallPreview } from "../_testing.ts";
import { previewPage } from "./preview.tsx";

Deno.test("previewPage() says what was drawn and keeps each picture once", () => {
  const page = previewPage(smallPreview());
  match(page, /<title>&lt;small> · Cleft<\/title>/);
  match(page, /50 %<small>of samples<\/small>/);
  match(page, /flipZ <b>yes<\/b>/);
  const [, data] = page.match(/id="preview-data">(.*?)<\/script>/)!;
  assertEquals(JSON.parse(data!).pictures.length, 3); // the grey values are alike
  assertEquals(page.match(/<canvas/g)?.length, 3); // before, and two draws
});

Deno.test("previewPage() gives the same bytes again and asks for nothing outside", () => {
  const page = previewPage(smallPreview());
  assertEquals(page, previewPage(smallPreview()));
  match(page, /default-src 'none'/);
  assertEquals(/src="http|href="http|url\(http/.test(page), false);
});
