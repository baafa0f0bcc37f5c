import { deepStrictEqual, throws } from "node:assert";
import { ExperimentError } from "@/core/mod.ts";
import { assertEquals } from "@test/helpers.ts";
import { cacheFolderOn } from "./place.ts";

const systems = ["linux", "darwin", "windows"];

/** The cache's folder with some variables, where the system knows a home or not. */
function on(
  os: string,
  variables: Record<string, string>,
  home: string | null = null,
): string {
  return cacheFolderOn(os, {
    variable: (name) => variables[name],
    home: () => home,
  });
}

Deno.test("cacheFolderOn() is where each system keeps its users' caches", () => {
  const variables = {
    HOME: "/home/eva",
    LOCALAPPDATA: "C:\\Users\\Eva\\AppData\\Local",
  };
  deepStrictEqual(systems.map((os) => on(os, variables)), [
    "/home/eva/.cache/cleft",
    "/home/eva/Library/Caches/cleft",
    "C:\\Users\\Eva\\AppData\\Local\\cleft\\cache",
  ]);
});

Deno.test("cacheFolderOn() does as variables say", () => {
  assertEquals(on("windows", { CLEFT_CACHE: "D:\\cleft" }), "D:\\cleft");
  assertEquals(
    on("linux", { XDG_CACHE_HOME: "/var/cache" }),
    "/var/cache/cleft",
  );
});

Deno.test("cacheFolderOn() asks the system for the home where no variable tells", () => {
  // A path that is not absolute would be in the folder one happens to be in.
  for (const HOME of ["", "home", "."]) {
    const variables = { HOME, XDG_CACHE_HOME: HOME, LOCALAPPDATA: HOME };
    const homes = ["/home/eva", "/Users/eva", "C:\\Users\\Eva"];
    deepStrictEqual(systems.map((os, i) => on(os, variables, homes[i])), [
      "/home/eva/.cache/cleft",
      "/Users/eva/Library/Caches/cleft",
      "C:\\Users\\Eva\\AppData\\Local\\cleft\\cache",
    ]);
  }
});

Deno.test("cacheFolderOn() refuses to guess a home", () => {
  for (const os of systems) {
    for (const home of [null, "", "eva"]) {
      throws(() => on(os, {}, home), (error) => {
        return error instanceof ExperimentError &&
          /CLEFT_CACHE/.test(error.fix);
      });
    }
  }
});
