import { assertEquals } from "@test/helpers.ts";
import { averagingOf } from "./_testing.ts";

Deno.test("none() is no mean", () => assertEquals(averagingOf("none"), null));
