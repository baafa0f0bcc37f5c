import type { PoolAxis, Windows } from "../emit/window.ts";
import type { Operation } from "../operation.ts";

/** The windows of a pooling of images `[N, ..., C]`. */
export function windowsOf(
  operation: Operation,
  shape: readonly number[],
): Windows {
  const ones = shape.map(() => 1);
  const extents = operation.list("ksize", ones);
  const strides = operation.list("strides", ones);
  const padding = operation.word("padding");
  if (operation.word("data_format").startsWith("NC")) {
    throw operation.refusal("its channels do not come last");
  }
  if (padding !== "SAME" && padding !== "VALID") {
    throw operation.refusal(`its padding is "${padding}"`);
  }
  if ([extents, strides].some((list) => list[0] !== 1 || list.at(-1) !== 1)) {
    throw operation.refusal("its windows span samples or channels");
  }
  return shape.slice(1, -1).map((imageVox, i): PoolAxis => {
    const windowVox = extents[i + 1]!, stride = strides[i + 1]!;
    const windows = padding === "SAME"
      ? Math.ceil(imageVox / stride)
      : Math.floor((imageVox - windowVox) / stride) + 1;
    const outside = (windows - 1) * stride + windowVox - imageVox;
    const low = padding === "SAME" ? Math.max(0, outside) >> 1 : 0;
    return { imageVox, windowVox, stride, windows, low, high: outside - low };
  });
}
