import { deepStrictEqual, ok } from "node:assert/strict";
import { linearReader } from "../_planes.ts";
import { madeTissue } from "../crack/_testing.ts";
import { matchBlocks } from "./match_blocks.ts";

const { plane: first } = madeTissue(256);
const shapeVox = [256, 256] as const;

/** The tissue, its content moved on. */
function moved(dy: number, dx: number): Float32Array {
  const read = linearReader(first, shapeVox);
  return first.map((_, i) => read(Math.floor(i / 256) - dy, i % 256 - dx));
}

Deno.test("matchBlocks() finds parts of a voxel around what is expected", () => {
  const second = moved(7.3, -4.6);
  const match = matchBlocks({ first, second, shapeVox }, [6, -3])!;
  ok(Math.abs(match.shiftVox[0] - 7.3) < 0.15, `${match.shiftVox}`);
  ok(Math.abs(match.shiftVox[1] + 4.6) < 0.15, `${match.shiftVox}`);
  ok(match.correlation > 0.9);
});

Deno.test("matchBlocks() is not moved by a quarter that goes elsewhere", () => {
  const second = moved(2, 1), elsewhere = moved(-2, -2);
  for (let i = 0; i < second.length; i++) {
    if (i < 128 * 256 && i % 256 < 128) second[i] = elsewhere[i]!;
  }
  const match = matchBlocks({ first, second, shapeVox }, [0, 0])!;
  ok(Math.hypot(match.shiftVox[0] - 2, match.shiftVox[1] - 1) < 0.2);
  ok(match.correlation < 0.9);
});

Deno.test("matchBlocks() finds nothing in an empty section, nor beyond the border", () => {
  const empty = new Float32Array(first.length);
  deepStrictEqual(
    matchBlocks({ first, second: empty, shapeVox }, [0, 0]),
    null,
  );
  deepStrictEqual(
    matchBlocks({ first, second: first, shapeVox }, [250, 0]),
    null,
  );
});
