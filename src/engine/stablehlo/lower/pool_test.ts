import { deepStrictEqual } from "node:assert";
import fc from "fast-check";
import { floats, whole, word } from "../../op/_operations.ts";
import { Program } from "../program.ts";
import {
  compareWithTensorFlow,
  exact,
  f32,
  list,
  normal,
  type OperationCase,
  runOnTensorFlow,
  runProgram,
  testAgainstTensorFlow,
} from "../_testing.ts";

interface Geometry {
  readonly image: readonly number[];
  readonly extents: readonly number[];
  readonly strides: readonly number[];
  readonly padding: "SAME" | "VALID";
}

const kinds = ["Max", "Avg"] as const;

/** Both poolings and their gradients. */
function poolings(
  { image, extents, strides, padding }: Geometry,
  x = normal(image),
): OperationCase[] {
  const attributes = [
    floats("T"),
    whole("ksize", [1, ...extents, 1]),
    whole("strides", [1, ...strides, 1]),
    word("padding", padding),
    word("data_format", "NHWC"),
  ];
  const places = [0, 1].map((i) =>
    Math.ceil(
      (image[i + 1]! - (padding === "SAME" ? 0 : extents[i]! - 1)) /
        strides[i]!,
    )
  );
  const result = [image[0]!, ...places, image[3]!];
  const y = normal(result, 2), dy = normal(result, 3);
  return kinds.flatMap((kind) => [
    { type: `${kind}Pool`, attributes, inputs: [x], tolerance: 1e-6 },
    {
      type: `${kind}PoolGrad`,
      attributes,
      inputs: kind === "Max" ? [x, y, dy] : [list(...image), dy],
      tolerance: 1e-6,
    },
  ]);
}

/** Those that networks have: extents of the image, windows, strides. */
const inUse: readonly (readonly number[][])[] = [
  [[8, 6], [2, 2], [2, 2]],
  [[48, 4], [2, 2], [2, 2]],
  [[9, 6], [3, 3], [3, 3]],
  [[8, 6], [4, 2], [4, 2]],
  [[9, 11], [3, 3], [2, 2]],
  [[6, 1], [3, 1], [1, 1]],
  [[1, 20], [1, 17], [1, 1]],
  [[20, 5], [17, 1], [1, 1]],
];

testAgainstTensorFlow("poolings in use are TensorFlow's", (client) => {
  compareWithTensorFlow(
    client,
    inUse.flatMap(([extents, windows, strides]) =>
      (["SAME", "VALID"] as const).flatMap((padding) =>
        poolings({
          image: [2, ...extents!, 3],
          extents: windows!,
          strides: strides!,
          padding,
        })
      )
    ).filter(({ inputs }) => inputs.every(({ values }) => values.length > 0)),
  );
});

testAgainstTensorFlow(
  "the first voxel of a tie gets the gradient",
  (client) => {
    const image = [1, 6, 6, 2];
    const ties = f32(image, Array.from({ length: 72 }, (_, i) => i * 7 % 3));
    const flat = f32(image, Array(72).fill(5));
    compareWithTensorFlow(
      client,
      [[[2, 2], [2, 2]], [[3, 3], [2, 2]], [[3, 1], [1, 1]]].flatMap((
        [extents, strides],
      ) =>
        [ties, flat].flatMap((x) =>
          poolings({
            image,
            extents: extents!,
            strides: strides!,
            padding: "VALID",
          }, x)
        )
      ),
    );
  },
);

testAgainstTensorFlow("any pooling is TensorFlow's", (client) => {
  const two = (from: number, to: number) =>
    fc.array(fc.integer({ min: from, max: to }), {
      minLength: 2,
      maxLength: 2,
    });
  const geometry = fc.record({
    voxels: two(4, 9),
    extents: two(1, 4),
    strides: two(1, 3),
    padding: fc.constantFrom<"SAME" | "VALID">("SAME", "VALID"),
  }).map(({ voxels, ...rest }) => ({ image: [2, ...voxels, 2], ...rest }));
  fc.assert(
    fc.property(
      fc.array(geometry, { minLength: 5, maxLength: 5 }),
      (all) =>
        compareWithTensorFlow(client, all.flatMap((one) => poolings(one))),
    ),
    { numRuns: 6, seed: 1 },
  );
});

testAgainstTensorFlow("poolings of volumes are TensorFlow's", (client) => {
  const attributes = (
    extents: number[],
    strides: number[],
    padding: string,
  ) => [
    floats("T"),
    whole("ksize", [1, ...extents, 1]),
    whole("strides", [1, ...strides, 1]),
    word("padding", padding),
    word("data_format", "NDHWC"),
  ];
  const x = normal([1, 4, 6, 5, 2]);
  compareWithTensorFlow(
    client,
    [
      {
        extents: [2, 2, 1],
        strides: [2, 2, 1],
        to: [2, 3, 5],
        padding: "VALID",
      },
      {
        extents: [3, 3, 3],
        strides: [1, 1, 1],
        to: [4, 6, 5],
        padding: "SAME",
      },
      {
        extents: [3, 2, 2],
        strides: [2, 1, 2],
        to: [2, 6, 3],
        padding: "SAME",
      },
    ].flatMap(({ extents, strides, to, padding }) => {
      const stated = attributes(extents, strides, padding);
      const dy = normal([1, ...to, 2], 3);
      // TensorFlow asks which voxels have the largest number.
      const [y] = runOnTensorFlow({
        type: "MaxPool3D",
        attributes: stated,
        inputs: [x],
      });
      return kinds.flatMap((kind) => [
        {
          type: `${kind}Pool3D`,
          attributes: stated,
          inputs: [x],
          tolerance: 3e-6,
        },
        {
          type: `${kind}Pool3DGrad`,
          attributes: stated,
          inputs: kind === "Max" ? [x, y!, dy] : [list(...x.shape), dy],
          tolerance: 3e-6,
        },
      ]);
    }),
  );
});

testAgainstTensorFlow(
  "no gradient is lost where what is pooled is computed again",
  (client) => {
    const program = new Program(exact);
    const given = [16, 32, 48, 64].flatMap((width) => [
      normal([2, 32, width, 4]),
      normal([2, 16, width / 2, 4], 2),
    ]);
    const attributes = [
      whole("ksize", [1, 2, 2, 1]),
      whole("strides", [1, 2, 2, 1]),
      word("padding", "VALID"),
    ];
    const inputs = given.map((one) => program.placeholder(one));
    const results = inputs.flatMap((raw, i) => {
      if (i % 2 === 1) return [];
      const [share] = program.add("Sigmoid", [], [raw], 1);
      const [x] = program.add("Mul", [], [raw, share!], 1);
      const [y] = program.add("MaxPool", attributes, [x!], 1);
      const [dx] = program.add("MaxPoolGrad", attributes, [
        x!,
        y!,
        inputs[i + 1]!,
      ], 1);
      const [square] = program.add("Mul", [], [dx!, x!], 1); // uses it again
      return [dx!, y!, square!];
    });
    const found = runProgram(client, program, { given, results, flags: {} });
    for (let i = 0; i < given.length / 2; i++) {
      const dy = given[2 * i + 1]!.values, dx = found[3 * i]!.values;
      const there = dx.filter((value) => value !== 0);
      deepStrictEqual(there.toSorted(), Float32Array.from(dy).sort());
    }
  },
);
