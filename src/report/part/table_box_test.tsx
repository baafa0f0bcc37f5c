import { equal, match } from "node:assert/strict";
import { see } from "../_reading_testing.ts";
import { TableBox } from "./table_box.tsx";

Deno.test("TableBox() offers columns that are not seen, where there are some", () => {
  const html = (hasMore: boolean) =>
    see(<TableBox label="Scores" hasMore={hasMore}>x</TableBox>).html;
  match(html(true), /More columns/);
  equal(html(false).includes("More columns"), false);
  for (const form of ["csv", "markdown", "latex"]) {
    match(html(false), new RegExp(`data-table="${form}"`));
  }
});
