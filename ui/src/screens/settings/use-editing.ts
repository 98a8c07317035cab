import { useRef, useState, type RefObject } from "react";
import { useFallenFocus } from "../../app/focus";

interface Editing {
  /** Whose card is a form; empty for a new one. */
  editing: string | null;
  edit: (id: string | null) => void;
  /** Of the cards, each with its id as `data-card`. */
  cards: RefObject<HTMLUListElement | null>;
  /** Of the button that begins a new one. */
  adding: RefObject<HTMLButtonElement | null>;
}

/**
 * One card at a time is a form. The button that was pressed goes with it: the focus goes to the form, and back to the card.
 * `onBegun` hears whether there is a form now.
 */
export function useEditing(count: number, onBegun: (begun: boolean) => void): Editing {
  const [editing, setEditing] = useState<string | null>(null);
  const last = useRef<string | null>(null);
  const cards = useRef<HTMLUListElement>(null);
  const adding = useRef<HTMLButtonElement>(null);
  const edit = (id: string | null) => {
    if (id !== null) last.current = id;
    setEditing(id);
    onBegun(id !== null);
  };
  useFallenFocus(
    () => {
      const form = cards.current?.querySelector<HTMLElement>("form input, form button");
      const card = Array.from(cards.current?.querySelectorAll<HTMLElement>("[data-card]") ?? []).find(({ dataset }) => dataset["card"] === last.current);
      return form ?? card?.querySelector("button") ?? adding.current ?? cards.current?.querySelector("button");
    },
    JSON.stringify([editing, count]),
  );
  return { editing, edit, cards, adding };
}
