/** A picture in the making: three bytes a pixel, row by row. */
export interface Canvas {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Red, green and blue of each. */
  readonly data: Uint8Array;
}
