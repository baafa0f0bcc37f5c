import { assertEquals } from "@test/helpers.ts";
import {
  formatBytes,
  formatDuration,
  formatMean,
  formatNumber,
  formatTime,
  plural,
} from "./format.ts";

Deno.test("formatNumber() keeps to the precision of what is measured", () => {
  assertEquals(formatNumber(0.44123), "0.441");
  assertEquals(formatNumber(195.04, "nm"), "195.0");
  assertEquals(formatNumber(61, "nm"), "61.0");
  assertEquals(formatNumber(12033, "voxels"), "12\u202f033");
  assertEquals(formatNumber(8.25, "clefts"), "8.3");
  assertEquals(formatNumber(1201), "1201");
  assertEquals(formatNumber(1e6), "1\u202f000\u202f000");
  assertEquals(formatNumber(0.000123), "1.23e−4");
  assertEquals(formatNumber(-2.5), "−2.500");
  assertEquals(formatNumber(9999.7), "10\u202f000");
});

Deno.test("formatNumber() names what is no number", () => {
  assertEquals(formatNumber(null), "–");
  assertEquals(formatNumber(NaN), "–");
  assertEquals(formatNumber(-Infinity), "−∞");
});

Deno.test("formatBytes() takes the unit that keeps it short", () => {
  assertEquals(formatBytes(999), "999 B");
  assertEquals(formatBytes(1000), "1.00 kB");
  assertEquals(formatBytes(14200963), "14.2 MB");
  assertEquals(formatBytes(999_499), "999 kB");
  assertEquals(formatBytes(999_500), "1.00 MB"); // never 1.00e+3
  assertEquals(formatBytes(5e12), "5.00 TB");
  assertEquals(formatBytes(4.25e15), "4250 TB"); // there is none above
});

Deno.test("formatTime() is in UTC, whatever the offset", () => {
  assertEquals(formatTime("2026-11-23T23:05:31+02:00"), "2026-11-23 21:05");
  assertEquals(formatTime("yesterday"), "yesterday");
});

Deno.test("formatDuration() counts hours, minutes or seconds", () => {
  const from = "2026-11-23T21:00:00Z";
  assertEquals(formatDuration(from, "2026-11-23T21:00:42Z"), "42 s");
  assertEquals(formatDuration(from, "2026-11-23T21:12:05Z"), "12 min 05 s");
  assertEquals(formatDuration(from, "2026-11-23T22:04:00Z"), "1 h 04 min");
  assertEquals(formatDuration(from, "2026-11-23T20:59:00Z"), "–"); // clock set back
});

Deno.test("plural() agrees with its number", () => {
  assertEquals(plural(1, "run"), "1 run");
  assertEquals(plural(0, "hash", "hashes"), "0 hashes");
});

Deno.test("formatNumber() takes what rounding leaves of 0 for 0", () => {
  assertEquals(formatNumber(6.36e-14), "0");
  assertEquals(formatNumber(-6.36e-14, "nm"), "0.0");
  assertEquals(formatNumber(1e-11), "1.00e−11");
});

Deno.test("formatMean() is never taken for a count", () => {
  assertEquals(formatMean(4, "clefts"), "4.0");
  assertEquals(formatMean(0, "clefts"), "0");
  assertEquals(formatMean(0.5), "0.500");
});
