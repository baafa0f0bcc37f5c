import { maskedCrc32c } from "./_crc32c.ts";

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

type Field = number | Uint8Array;

/** The fields of a message, in order; fixed ones as their bytes. */
function fieldsOf(bytes: Uint8Array): readonly (readonly [number, Field])[] {
  const fields: [number, Field][] = [];
  let at = 0;
  const varint = () => {
    let value = 0, scale = 1;
    for (;;) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  const take = (length: number) => bytes.subarray(at, at += length);
  while (at < bytes.length) {
    const key = varint();
    const kind = key & 7;
    if (![0, 1, 2, 5].includes(kind)) throw new Error(`kind ${kind}`);
    const value = kind === 0
      ? varint()
      : take(kind === 1 ? 8 : kind === 5 ? 4 : varint());
    fields.push([key >> 3, value]);
  }
  return fields;
}

function eventOf(message: Uint8Array): ReadEvent {
  const fields = new Map(fieldsOf(message));
  const summary = fields.get(5) as Uint8Array | undefined;
  const session = fields.get(7) as Uint8Array | undefined;
  const version = fields.get(3) as Uint8Array | undefined;
  return {
    wallS: viewOf(fields.get(1)!).getFloat64(0, true),
    step: (fields.get(2) as number | undefined) ?? 0,
    ...version && { version: textOf(version) },
    ...session && `${fieldsOf(session)}` === "1,1" && { isRestart: true },
    values: summary
      ? fieldsOf(summary).flatMap(([field, value]) =>
        field === 1 ? valueOf(value) : []
      )
      : [],
  };
}

function valueOf(message: Field): ReadEvent["values"][number] {
  const fields = new Map(fieldsOf(message as Uint8Array));
  const image = fields.get(4) as Uint8Array | undefined;
  const number = fields.get(2);
  const ofImage = new Map(image && fieldsOf(image));
  const [height, width, channels, png] = [1, 2, 3, 4]
    .map((field) => ofImage.get(field));
  return {
    tag: textOf(fields.get(1) as Uint8Array),
    ...number && { value: viewOf(number).getFloat32(0, true) },
    ...image && {
      image: { height, width, channels, png } as
        & ReadEvent["values"][number][
          "image"
        ]
        & object,
    },
  };
}

function viewOf(bytes: Field): DataView {
  const { buffer, byteOffset, byteLength } = bytes as Uint8Array;
  return new DataView(buffer, byteOffset, byteLength);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
