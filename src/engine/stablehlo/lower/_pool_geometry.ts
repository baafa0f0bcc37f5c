import type { PoolAxis, Windows } from "../emit/window.ts";
import type { Operation } from "../operation.ts";

/** The windows of a pooling of images `[N, H, W, C]`. */
export function windowsOf(
  operation: Operation,
  shape: readonly number[],
): Windows {
  const extents = operation.attribute("ksize", [1, 1, 1, 1]);
  const strides = operation.attribute("strides", [1, 1, 1, 1]);
  const padding = operation.attribute<string>("padding", "");
  if (operation.attribute("data_format", "NHWC") !== "NHWC") {
    throw operation.refusal("its channels do not come last");
  }
  if (padding !== "SAME" && padding !== "VALID") {
    throw operation.refusal(`its padding is "${padding}"`);
  }
  if ([extents, strides].some((list) => list[0] !== 1 || list[3] !== 1)) {
    throw operation.refusal("its windows span samples or channels");
  }
  const along = (axis: 1 | 2): PoolAxis => {
    const imageVox = shape[axis]!, windowVox = extents[axis]!;
    const stride = strides[axis]!;
    const windows = padding === "SAME"
      ? Math.ceil(imageVox / stride)
      : Math.floor((imageVox - windowVox) / stride) + 1;
    const outside = (windows - 1) * stride + windowVox - imageVox;
    const low = padding === "SAME" ? Math.max(0, outside) >> 1 : 0;
    return { imageVox, windowVox, stride, windows, low, high: outside - low };
  };
  return [along(1), along(2)];
}
