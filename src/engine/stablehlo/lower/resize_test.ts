import { flag, floats } from "../../op/_operations.ts";
import {
  compareWithTensorFlow,
  list,
  normal,
  testAgainstTensorFlow,
} from "../_testing.ts";

const factors = [[1, 1], [2, 2], [3, 3], [4, 4], [8, 8], [1, 2], [3, 1], [
  2,
  5,
]];
const images = [[1, 1], [2, 3], [5, 4]];

testAgainstTensorFlow(
  "enlargements by whole factors are TensorFlow's",
  (client) => {
    const attributes = (isBilinear: boolean) => [
      floats("T"),
      flag("align_corners", false),
      flag("half_pixel_centers", isBilinear),
    ];
    compareWithTensorFlow(
      client,
      images.flatMap(([h, w]) =>
        factors.flatMap(([fh, fw]) => {
          const size = [h! * fh!, w! * fw!];
          const x = normal([2, h!, w!, 3]), dy = normal([2, ...size, 3], 2);
          const bilinear = { attributes: attributes(true), tolerance: 2e-6 };
          const nearest = { attributes: attributes(false), tolerance: 1e-6 };
          return [
            {
              ...bilinear,
              type: "ResizeBilinear",
              inputs: [x, list(...size)],
            },
            { ...bilinear, type: "ResizeBilinearGrad", inputs: [dy, x] },
            {
              ...nearest,
              type: "ResizeNearestNeighbor",
              inputs: [x, list(...size)],
            },
            {
              ...nearest,
              type: "ResizeNearestNeighborGrad",
              inputs: [dy, list(h!, w!)],
            },
          ];
        })
      ),
    );
  },
);
