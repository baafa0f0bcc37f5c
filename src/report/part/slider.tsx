import type { VNode } from "preact";

/** What a slider chooses among. */
export interface SliderRange {
  readonly min: number | string;
  readonly max: number | string;
  readonly step: number | string;
  readonly value: number | string;
}

/** A labelled slider with its value beside it, which the page's script writes. */
export function Slider(
  { id, label, isWide = false, range, children }: {
    id: string;
    label: string;
    isWide?: boolean;
    range: SliderRange;
    children?: string;
  },
): VNode {
  return (
    <label class={isWide ? "slider slider-wide" : "slider"}>
      <span>{label}</span>
      <input
        type="range"
        id={id}
        min={range.min}
        max={range.max}
        step={range.step}
        value={range.value}
        autocomplete="off"
      />
      <output for={id}>{children}</output>
    </label>
  );
}
