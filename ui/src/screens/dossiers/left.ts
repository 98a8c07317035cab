import { createContext, useContext } from "react";
import type { ListPlace } from "./place";
import type { Chosen } from "./selection/use-selection";

/** How the list was left, so that coming back finds the same rows, the same row and the same choice. */
export class ListLeft {
  place: Partial<ListPlace> = {};
  opened: { id: string; index: number } | null = null;
  chosen: { about: string; chosen: Chosen } | null = null;

  readonly leave = (place: ListPlace, id: string, index: number): void => {
    this.place = place;
    this.opened = { id, index };
  };

  /** Another dossier of the same list was opened. */
  readonly goOn = (id: string, index: number): void => {
    this.opened = { id, index };
  };

  readonly keepChosen = (about: string, chosen: Chosen): void => {
    this.chosen = { about, chosen };
  };

  readonly clear = (): void => {
    this.place = {};
    this.opened = null;
    this.chosen = null;
  };
}

export const ListLeftContext = createContext(new ListLeft());

export function useListLeft(): ListLeft {
  return useContext(ListLeftContext);
}
