import { match } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { type Command, defineCommand } from "./_command.ts";
import { helpOn } from "./help.ts";
import { sayTo } from "./_testing.ts";

const nothing = {
  positionals: [],
  options: {},
  run: () => Promise.resolve(0),
};
const commands: readonly Command[] = [
  defineCommand({ ...nothing, name: "cut", summary: "Cut it" }),
  defineCommand({ ...nothing, name: "data get", summary: "Get it" }),
  defineCommand({ ...nothing, name: "data put", summary: "Put it" }),
  helpOn(() => commands),
];
const say = (...words: string[]) => sayTo(commands, words, { context: {} });

Deno.test("helpOn() lists the commands, a line each, itself too", async () => {
  const { code, out } = await say("help");
  assertEquals(code, 0);
  match(out, /^ {2}cut +Cut it\n {2}data get +Get it\n.*\n {2}help +List/m);
  assertEquals(out, (await say("--help")).out);
});

Deno.test("helpOn() tells of a command or a family, and suggests what is near", async () => {
  match((await say("help", "cut")).out, /^Cut it\.\n/);
  match((await say("help", "data", "put")).out, /^Put it\.\n/);
  match((await say("help", "data")).out, /^Get it\..*^Put it\./ms);
  match((await say("help", "help")).out, /^List the commands/);
  const { code, err } = await say("help", "ctu");
  assertEquals(code, 2);
  match(err, /Cannot ctu: .*\n.*\n +fix +Write deno task cut$/);
});
