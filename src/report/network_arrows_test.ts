import { deepEqual, equal, notEqual } from "node:assert/strict";
import { arrowsOf, box, gap, type Placed } from "./network_arrows.ts";

/** A stop in a column and a row. */
const stop = (
  name: string,
  [column, row]: readonly [number, number],
  from: readonly string[] = [],
): Placed => ({
  ...{ name, from },
  x: column * (box.width + gap.x),
  y: row * (box.height + gap.y),
});

/** How high the horizontal part of a skip lies, and from where to where it goes. */
function skipOf(d: string) {
  const [, y, x1] = /C.* ([-\d.]+)H([\d.]+)C/.exec(d)!.map(Number);
  return { y, x0: Number(/^M([\d.]+)/.exec(d)![1]), x1: x1! + gap.x / 2 };
}

Deno.test("arrowsOf() keeps skips of two sources apart where they would be one line", () => {
  const [first, , second] = arrowsOf([
    stop("features", [0, 0]),
    stop("answer", [1, 0]),
    stop("refined", [2, 0], ["features"]),
    stop("head", [3, 0], ["refined", "answer"]),
  ]);
  deepEqual([first!.isSkip, second!.isSkip], [true, true]);
  notEqual(skipOf(first!.d).y, skipOf(second!.d).y);
});

Deno.test("arrowsOf() leads skips of one source along one line, and those after one another too", () => {
  const [near, far, next] = arrowsOf([
    stop("a", [0, 0]),
    stop("b", [2, 0], ["a"]),
    stop("c", [4, 0], ["a"]),
    stop("d", [6, 0], ["c"]),
  ]).map(({ d }) => skipOf(d));
  equal(near!.y, far!.y);
  equal(near!.x0, far!.x0);
  equal(next!.y, far!.y);
  equal(next!.x0 - far!.x1, 24); // what leaves a box stands apart from what arrives
});

Deno.test("arrowsOf() goes around what stands in the way up", () => {
  const [free] = arrowsOf([
    stop("low", [1, 1]),
    stop("up", [2, 0], ["low"]),
  ]);
  const [around] = arrowsOf([
    stop("low", [1, 1]),
    stop("up", [2, 0], ["low"]),
    stop("between", [2, 1]),
  ]);
  const low = stop("low", [1, 1]);
  const beginsAt = (d: string) => Number(/^M[\d.]+ ([\d.]+)/.exec(d)![1]);
  equal(beginsAt(free!.d), low.y + box.height / 2); // from its side
  equal(beginsAt(around!.d), low.y); // from above
});

Deno.test("arrowsOf() lets no two heads meet where one arrow goes down and one comes up", () => {
  const [down, up] = arrowsOf([
    stop("image", [0, 0]),
    stop("stem", [1, 1], ["image"]),
    stop("decoder", [2, 1]),
    stop("final", [1, 0], ["decoder"]),
  ]).map(({ d }) => d.match(/[-\d.]+/g)!.map(Number));
  equal(down!.at(-2), stop("stem", [1, 1]).x + box.width / 2);
  equal(up!.at(-2)! - down!.at(-2)!, 48); // a head is 7 wide
  equal(up!.at(-1), box.height + 1);
});
