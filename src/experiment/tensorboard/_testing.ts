import { maskedCrc32c } from "./_crc32c.ts";
import { fieldsOf, type FieldValue, textOf } from "./_protobuf.ts";
import { viewOf } from "./_record_file.ts";

/** What an event holds, as far as ours have it. */
export interface ReadEvent {
  readonly wallS: number;
  readonly step: number;
  readonly version?: string;
  readonly isRestart?: true;
  readonly values: readonly {
    readonly tag: string;
    readonly value?: number;
    readonly image?: {
      readonly height: number;
      readonly width: number;
      readonly channels: number;
      readonly png: Uint8Array;
    };
  }[];
}

/** Reads an event file with its checksums, by the formats' documents alone. */
export function readEvents(bytes: Uint8Array): readonly ReadEvent[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const events: ReadEvent[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = Number(view.getBigUint64(at, true));
    check(bytes.subarray(at, at + 8), view.getUint32(at + 8, true));
    const message = bytes.subarray(at + 12, at + 12 + length);
    check(message, view.getUint32(at + 12 + length, true));
    events.push(eventOf(message));
    at += 16 + length;
  }
  return events;
}

function check(bytes: Uint8Array, sum: number): void {
  if (maskedCrc32c(bytes) !== sum) throw new Error("a checksum is wrong");
}

function eventOf(message: Uint8Array): ReadEvent {
  const fields = new Map(fieldsOf(message));
  const summary = fields.get(5), version = fields.get(3);
  return {
    wallS: viewOf(bytesOf(fields.get(1))).getFloat64(0, true),
    step: Number(fields.get(2) ?? 0),
    ...version && { version: textOf(version) },
    ...fields.has(7) && { isRestart: true },
    values: summary
      ? [...fieldsOf(bytesOf(summary))].map(([, value]) => valueOf(value))
      : [],
  };
}

function valueOf(message: FieldValue): ReadEvent["values"][number] {
  const fields = new Map(fieldsOf(bytesOf(message)));
  const image = fields.get(4), number = fields.get(2);
  const of = image && new Map(fieldsOf(bytesOf(image)));
  return {
    tag: textOf(fields.get(1)!),
    ...number && { value: viewOf(bytesOf(number)).getFloat32(0, true) },
    ...of && {
      image: {
        height: Number(of.get(1)),
        width: Number(of.get(2)),
        channels: Number(of.get(3)),
        png: bytesOf(of.get(4)),
      },
    },
  };
}

function bytesOf(value: FieldValue | undefined): Uint8Array {
  return value as Uint8Array;
}
