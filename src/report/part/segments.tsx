import type { VNode } from "preact";

/** Buttons of which one is pressed, the first to begin with. */
export function Segments({ name, label, choices }: {
  /** What scripts know them by. */
  name: string;
  /** What is chosen, for those who do not see it. */
  label: string;
  choices: readonly (readonly [value: string, text: string])[];
}): VNode {
  return (
    <span class="segments" role="radiogroup" aria-label={label}>
      {choices.map(([value, text], i) => (
        <label>
          <input
            type="radio"
            name={name}
            value={value}
            checked={i === 0}
            autocomplete="off"
          />
          <span>{text}</span>
        </label>
      ))}
    </span>
  );
}
