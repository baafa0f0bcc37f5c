import { assertSameNumbers } from "@test/helpers.ts";
import {
  type CompileOptions,
  encodeCompileOptions,
} from "./compile_options.ts";

const minusOne = [8, ...Array(9).fill(0xff), 1]; // field 1, -1 in 64 bits
const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));

function assertEncodes(options: CompileOptions, expected: number[]): void {
  assertSameNumbers(encodeCompileOptions(options), expected);
}

Deno.test("encodeCompileOptions() asks for one copy on any device", () => {
  const build = [...minusOne, 4 << 3, 1, 5 << 3, 1];
  assertEncodes({}, [3 << 3 | 2, build.length, ...build]);
});

Deno.test("encodeCompileOptions() writes replicas, partitions and sharding", () => {
  const build = [...minusOne, 4 << 3, 0xc8, 1, 5 << 3, 2, 6 << 3, 1]; // 200 = 0x48 + 1·128
  assertEncodes(
    { replicas: 200, partitions: 2, isSpmd: true },
    [3 << 3 | 2, build.length, ...build],
  );
});

Deno.test("encodeCompileOptions() writes flags of every type", () => {
  const build = [...minusOne, 4 << 3, 1, 5 << 3, 1];
  const entry = (value: number[]) => {
    const body = [1 << 3 | 2, 1, 102, 2 << 3 | 2, value.length, ...value];
    return [7 << 3 | 2, body.length, ...body];
  };
  const half = [0, 0, 0, 0, 0, 0, 0xe0, 0x3f]; // 0.5 as a double
  const cases: [string | boolean | number, number[]][] = [
    ["on", [1 << 3 | 2, 2, ...ascii("on")]],
    [true, [2 << 3, 1]],
    [false, [2 << 3, 0]],
    [3, [3 << 3, 3]],
    [0.5, [4 << 3 | 1, ...half]],
  ];
  for (const [value, expected] of cases) {
    assertEncodes({ flags: { f: value } }, [
      3 << 3 | 2,
      build.length,
      ...build,
      ...entry(expected),
    ]);
  }
});
