import { whole, word } from "../../op/_operations.ts";
import {
  compareWithTensorFlow,
  list,
  normal,
  testAgainstTensorFlow,
} from "../_testing.ts";

testAgainstTensorFlow("convolutions are TensorFlow's", (client) => {
  const attributes = [
    whole("strides", [1, 1, 1, 1, 1]),
    word("padding", "SAME"),
    word("data_format", "NDHWC"),
    whole("dilations", [1, 1, 1, 1, 1]),
  ];
  const x = normal([2, 4, 6, 5, 3]), dy = normal([2, 4, 6, 5, 2], 3);
  const tolerance = 1e-6;
  compareWithTensorFlow(
    client,
    [[3, 3, 3], [1, 3, 3], [2, 3, 4]].flatMap((taps) => {
      const kernel = normal([...taps, 3, 2], 2);
      return [
        { type: "Conv3D", attributes, inputs: [x, kernel], tolerance },
        {
          type: "Conv3DBackpropInputV2",
          attributes,
          inputs: [list(...x.shape), kernel, dy],
          tolerance,
        },
        {
          type: "Conv3DBackpropFilterV2",
          attributes,
          inputs: [x, list(...kernel.shape), dy],
          tolerance,
        },
      ];
    }),
  );
});
