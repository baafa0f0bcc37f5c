import { deepStrictEqual, match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { defineCommand } from "./_command.ts";
import { commandHelp, overallHelp, usageOf } from "./_help.ts";

const nothing = () => Promise.resolve(0);

const draw = defineCommand({
  name: "data draw",
  summary: "Draw a volume",
  positionals: [
    { name: "FILE", summary: "what is drawn" },
    { name: "MORE", summary: "what else is", count: "any" },
  ],
  options: {
    set: { value: "PATH=VALUE", isRepeatable: true, summary: "change it" },
    json: { summary: "print JSON" },
  },
  notes: "Colours are not drawn.",
  run: nothing,
});

const rest = defineCommand({
  name: "rest",
  summary: "Do nothing",
  positionals: [],
  options: {},
  run: nothing,
});

Deno.test("usageOf() shows how many of a thing there may be", () => {
  const usage = (count?: "optional" | "some" | "any") =>
    usageOf({
      ...rest,
      positionals: [{ name: "RUN", summary: "a run", ...count && { count } }],
    });
  deepStrictEqual(
    [usage(), usage("optional"), usage("some"), usage("any")],
    [
      "deno task rest RUN",
      "deno task rest [RUN]",
      "deno task rest RUN…",
      "deno task rest [RUN…]",
    ],
  );
  assertEquals(usageOf(draw), "deno task data draw FILE [MORE…] [options]");
  const options = { json: { summary: "print JSON" } };
  assertEquals(usageOf({ ...rest, options }), "deno task rest [options]");
});

Deno.test("commandHelp() tells what a command takes, and what else to know", () => {
  assertEquals(
    commandHelp(draw),
    `Draw a volume.

  deno task data draw FILE [MORE…] [options]

  FILE              what is drawn
  MORE              what else is
  --set PATH=VALUE  change it; may be repeated
  --json            print JSON
  -h, --help        show this

Colours are not drawn.`,
  );
  assertEquals(
    commandHelp(rest),
    "Do nothing.\n\n  deno task rest\n\n  -h, --help  show this",
  );
});

Deno.test("overallHelp() lists commands in their order, then how runs are named", () => {
  const help = overallHelp([draw, rest]);
  match(help, /\n {2}data draw {2}Draw a volume\n {2}rest {7}Do nothing\n/);
  match(help, /NAME@best/);
  match(help, /2 bad input/);
});
