import { deepStrictEqual } from "node:assert";
import { assertEquals } from "@test/helpers.ts";
import { cacheFolderOn } from "./place.ts";

Deno.test("cacheFolderOn() is where each system keeps its users' caches", () => {
  const variables: Record<string, string> = {
    HOME: "/home/eva",
    LOCALAPPDATA: "C:\\Users\\Eva\\AppData\\Local",
  };
  const folders = ["linux", "darwin", "windows"]
    .map((os) => cacheFolderOn(os, (name) => variables[name]));
  deepStrictEqual(folders, [
    "/home/eva/.cache/cleft",
    "/home/eva/Library/Caches/cleft",
    "C:\\Users\\Eva\\AppData\\Local\\cleft\\cache",
  ]);
});

Deno.test("cacheFolderOn() does as variables say", () => {
  const on = (os: string, variables: Record<string, string>) =>
    cacheFolderOn(os, (name) => variables[name]);
  assertEquals(on("windows", { CLEFT_CACHE: "D:\\cleft" }), "D:\\cleft");
  assertEquals(
    on("linux", { XDG_CACHE_HOME: "/var/cache" }),
    "/var/cache/cleft",
  );
  assertEquals(on("linux", {}), null);
  assertEquals(on("windows", { HOME: "/home/eva" }), null);
});
