import { flag } from "../../op/_operations.ts";
import {
  compareWithTensorFlow,
  normal,
  testAgainstTensorFlow,
} from "../_testing.ts";

const both = [false, true];

testAgainstTensorFlow("products of matrices are TensorFlow's", (client) => {
  const turned = (shape: number[], is: boolean) =>
    is ? [...shape.slice(0, -2), ...shape.slice(-2).reverse()] : shape;
  const batches = [[[2, 3], [2, 3]], [[], []], [[3], [1]], [[4], [2, 1]]];
  compareWithTensorFlow(
    client,
    both.flatMap((a) =>
      both.flatMap((b) => [
        {
          type: "MatMul",
          attributes: [flag("transpose_a", a), flag("transpose_b", b)],
          inputs: [normal(turned([7, 5], a)), normal(turned([5, 3], b), 2)],
          tolerance: 1e-6,
        },
        ...batches.map(([left, right]) => ({
          type: "BatchMatMulV2",
          attributes: [flag("adj_x", a), flag("adj_y", b)],
          inputs: [
            normal(turned([...left!, 4, 5], a)),
            normal(turned([...right!, 5, 3], b), 2),
          ],
          tolerance: 1e-6,
        })),
      ])
    ),
  );
});
