/**
 * The cases of a file in test/fixtures, one a line; the script beside it made
 * them, and says with what.
 */
export function readFixture<Case>(path: string): Case[] {
  return Deno.readTextFileSync(new URL(`fixtures/${path}`, import.meta.url))
    .trim().split("\n").map((line) => JSON.parse(line));
}

/** Whole numbers from 0 to 255 that test/fixtures/augment/make.py makes too. */
export function hashedBytes(count: number): number[] {
  return Array.from(
    { length: count },
    (_, i) => (i * 7919 + (i * i) % 1013) % 256,
  );
}
