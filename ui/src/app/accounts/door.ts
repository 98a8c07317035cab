import { createContext, useContext } from "react";
import type { AccountKind } from "../../backend/generated/AccountKind";

/** Shows the open accounts over the screen, with that one's credentials ready to be typed; `null` where nobody is signed in, or the accounts are shown. */
export const AccountsDoorContext = createContext<((wanted: AccountKind | null) => void) | null>(null);

export function useAccountsDoor(): ((wanted: AccountKind | null) => void) | null {
  return useContext(AccountsDoorContext);
}
