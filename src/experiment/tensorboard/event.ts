import { ExperimentError } from "@/core/mod.ts";
import { maskedCrc32c } from "./_crc32c.ts";
import {
  bytesField,
  doubleField,
  floatField,
  joined,
  wholeField,
} from "./_protobuf.ts";

/** When an event happened. */
export interface EventTime {
  /** The training step. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallS: number;
}

/** A number with its name; TensorBoard keeps 32 bits of it. */
export interface NamedNumber {
  /** Its name; slashes make groups. */
  readonly tag: string;
  /** The number. */
  readonly value: number;
}

/** A picture with its name. */
export interface Picture {
  /** Its name; slashes make groups. */
  readonly tag: string;
  /** A PNG file. */
  readonly png: Uint8Array;
}

/** The first event of a file. */
export function versionEvent(wallS: number): Uint8Array {
  return record(joined(doubleField(1, wallS), bytesField(3, "brain.Event:2")));
}

/**
 * That what was written before with this step or a later one is void, as the run
 * goes on before it.
 */
export function restartEvent(time: EventTime): Uint8Array {
  const start = wholeField(1, 1); // SessionLog.START
  return record(joined(ofTime(time), bytesField(7, start)));
}

/** Numbers of one step. */
export function scalarsEvent(
  scalars: readonly NamedNumber[],
  time: EventTime,
): Uint8Array {
  const values = scalars.map(({ tag, value }) =>
    bytesField(1, joined(bytesField(1, tag), floatField(2, value)))
  );
  return record(joined(ofTime(time), bytesField(5, joined(...values))));
}

/**
 * A picture of one step.
 *
 * @throws {ExperimentError} If it is no PNG.
 */
export function pictureEvent(
  { tag, png }: Picture,
  time: EventTime,
): Uint8Array {
  const { width, height, channels } = formOf(png, tag);
  const image = joined(
    wholeField(1, height),
    wholeField(2, width),
    wholeField(3, channels),
    bytesField(4, png),
  );
  const value = joined(bytesField(1, tag), bytesField(4, image));
  return record(joined(ofTime(time), bytesField(5, bytesField(1, value))));
}

function ofTime({ step, wallS }: EventTime): Uint8Array {
  return joined(doubleField(1, wallS), wholeField(2, step));
}

/** Channels by PNG's colour types: grey, RGB, palette, grey and RGB with alpha. */
const channelsOf: Readonly<Record<number, number>> = {
  0: 1,
  2: 3,
  3: 3,
  4: 2,
  6: 4,
};

/** What the header of a PNG says. */
function formOf(png: Uint8Array, tag: string) {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const isPng = png.length >= 33 && view.getUint32(0) === 0x89504e47 &&
    view.getUint32(12) === 0x49484452;
  const channels = isPng ? channelsOf[png[25]!] : undefined;
  if (channels !== undefined) {
    return { width: view.getUint32(16), height: view.getUint32(20), channels };
  }
  throw new ExperimentError("Cannot show the picture: it is no PNG", {
    where: `picture ${tag}`,
    fix: "Restore the results from a backup: the record is damaged",
  });
}

/** A record of TensorFlow: length, its checksum, the bytes, theirs. */
function record(bytes: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
  return joined(length, checksum(length), bytes, checksum(bytes));
}

function checksum(bytes: Uint8Array): Uint8Array {
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, maskedCrc32c(bytes), true);
  return sum;
}
