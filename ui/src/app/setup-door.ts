import { createContext, useContext } from "react";

/** Opens the set-up of the desk over whatever is shown. */
export const SetupDoorContext = createContext<(() => void) | null>(null);

export function useSetupDoor(): () => void {
  const open = useContext(SetupDoorContext);
  if (!open) throw new Error("no set-up above this component");
  return open;
}
