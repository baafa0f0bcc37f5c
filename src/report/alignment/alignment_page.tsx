import { encode } from "fast-png";
import type { VNode } from "preact";
import { greyBytes, pixelGrid, shrunken } from "@/core/mod.ts";
import type {
  PicturedStep,
  PicturedTrip,
  RoundTrip,
  VolumeTrip,
} from "@/data/mod.ts";
import { base64 } from "../encode.ts";
import { documentOf, Frame } from "../part/frame.tsx";
import { Scroll } from "../part/scroll.tsx";
import { Bars, Lines } from "./plot.tsx";

/** What the page is made of. */
export interface AlignmentPageData extends RoundTrip {
  /** What the volume is called. */
  readonly title: string;
  /** By what its sections were moved, such as a table's name. */
  readonly shifts: string;
}

/** The longest side of a picture in pixels. */
const mostPixels = 512;

/**
 * One HTML file that shows a volume's way through alignment, repair and back:
 * what came back of each section, how far each was moved, and pictures of each
 * step. Equal data give equal bytes.
 */
export function alignmentPage(data: AlignmentPageData): string {
  const { title, aligned, block, shifts, volumes, pictures } = data;
  const parts = [
    { id: "back", title: "What came back" },
    { id: "shifts", title: "Shifts" },
    { id: "sections", title: "Sections" },
  ];
  return documentOf(
    <Frame page="alignment" title={title} parts={parts}>
      <p class="lead">
        {block.shapeVox.join(" × ")} voxels were aligned by {shifts} to{" "}
        {aligned.shapeVox.join(" × ")} and brought back. {verdict(volumes)}
      </p>
      <section id="back" aria-labelledby="back-title">
        <h2 id="back-title">What came back</h2>
        <Sums volumes={volumes} />
        {volumes.map((volume) => (
          <Differences key={volume.name} volume={volume} />
        ))}
      </section>
      <section id="shifts" aria-labelledby="shifts-title">
        <h2 id="shifts-title">Shifts</h2>
        <Lines
          label="Voxels that each section is moved by"
          lines={[
            { name: "y", values: data.movedVox.map(([y]) => -y) },
            { name: "x", values: data.movedVox.map(([, x]) => -x) },
          ]}
        />
      </section>
      <section id="sections" aria-labelledby="sections-title">
        <h2 id="sections-title">Sections</h2>
        <p class="muted">
          Labels are laid over the grey values; sections are counted from 0 in
          what was compared. Where one is torn, each step of its repair is
          shown, white where it has nothing, and the rim of the crack is lost.
        </p>
        {pictures.map((trip) => <Section key={trip.section} trip={trip} />)}
      </section>
      <footer class="page-foot">
        Made by Cleft from the file and its shifts alone; the same ones give the
        same page.
      </footer>
    </Frame>,
  );
}

/** What came back, in a sentence or two; grey values of torn sections are made anew. */
function verdict(volumes: readonly VolumeTrip[]): string {
  const labels = volumes.filter(({ name }) => name !== "volumes/raw");
  const whole = sums(volumes, false), torn = sums(labels, true);
  const first = whole.empty + whole.other === 0
    ? "Every voxel of the sections that are not torn came back as it was."
    : `${whole.empty + whole.other} voxels of sections that are not torn did ` +
      "not come back.";
  if (torn.sections === 0) return first;
  return `${first} Of labels in torn sections ${torn.empty} voxels came back ` +
    `empty, ${torn.other} with another value.`;
}

function sums(volumes: readonly VolumeTrip[], isTorn: boolean) {
  const sections = volumes.flatMap(({ sections }) => sections)
    .filter((section) => section.isTorn === isTorn);
  return {
    sections: sections.length,
    empty: sections.reduce((n, { emptyVox }) => n + emptyVox, 0),
    other: sections.reduce((n, { otherVox }) => n + otherVox, 0),
  };
}

function Sums({ volumes }: { volumes: readonly VolumeTrip[] }): VNode {
  return (
    <Scroll label="Voxels that came back">
      <table>
        <thead>
          <tr>
            <th scope="col">Volume</th>
            <th scope="col">compared</th>
            <th scope="col">as they were</th>
            <th scope="col">empty, torn</th>
            <th scope="col">another value, torn</th>
            <th scope="col">differ, not torn</th>
          </tr>
        </thead>
        <tbody>
          {volumes.map((volume) => {
            const torn = sums([volume], true), whole = sums([volume], false);
            const all = volume.sectionVox * volume.sections.length;
            const off = torn.empty + torn.other + whole.empty + whole.other;
            return (
              <tr>
                <th scope="row">{volume.name}</th>
                <td>{all}</td>
                <td>{all - off}</td>
                <td>{torn.empty}</td>
                <td>{torn.other}</td>
                <td>{whole.empty + whole.other}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function Differences({ volume }: { volume: VolumeTrip }): VNode {
  return (
    <Bars
      label={`Voxels of ${volume.name} that differ, by section`}
      values={volume.sections.map(({ emptyVox, otherVox }) =>
        emptyVox + otherVox
      )}
    />
  );
}

function Section({ trip }: { trip: PicturedTrip }): VNode {
  return (
    <>
      <h3>
        Section {trip.section}
        {trip.isTorn && " (torn)"}
      </h3>
      <div class="draws">
        {trip.steps.map((step) => (
          <figure class="draw">
            <img
              alt={`Section ${trip.section}, ${step.title}`}
              src={`data:image/png;base64,${base64(pictureOf(step))}`}
            />
            <figcaption>
              <strong>{step.title}</strong> {step.shapeVox.join(" × ")}
            </figcaption>
          </figure>
        ))}
      </div>
    </>
  );
}

/** Grey values with labels in red over them, as a PNG. */
function pictureOf({ grey, labels, shapeVox }: PicturedStep): Uint8Array {
  const grid = pixelGrid(shapeVox, mostPixels);
  const greys = greyBytes(shrunken(grey, { ...grid, keep: "mean" }));
  const shares = shrunken(labels, { ...grid, keep: "mean" });
  const data = new Uint8Array(3 * greys.length);
  greys.forEach((value, i) => {
    const red = 0.6 * shares[i]!;
    data[3 * i] = Math.round(value + red * (255 - value));
    data[3 * i + 1] = data[3 * i + 2] = Math.round(value * (1 - red));
  });
  const { height, width } = grid;
  return encode({ width, height, data, channels: 3, depth: 8 });
}
