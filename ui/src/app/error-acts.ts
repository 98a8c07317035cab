import { useNavigate } from "@tanstack/react-router";
import { createContext, useMemo } from "react";
import { useBackend } from "../backend/context";
import type { WireError } from "../backend/generated/WireError";
import { useRemember, useSession } from "../backend/queries";
import type { ErrorAction } from "../errors/catalogue";
import { useLatest } from "./latest";

/** What every screen below can do about an error; nothing where no session is open. */
export type ErrorActs = Partial<Record<Exclude<ErrorAction, null>, (error: WireError) => void>>;

export const ErrorActsContext = createContext<ErrorActs>({});

/** `leave` asks before the session ends, for a sign-in to that environment. */
export function useErrorActs(leave: (environmentId: string) => void): ErrorActs {
  const navigate = useNavigate();
  const backend = useBackend();
  const remember = useRemember();
  const here = useSession().data?.current?.environment_id ?? "";
  // The window follows the session, which tells of a register that closed.
  const look = useLatest(() => void backend.getSession().then(remember.session, () => undefined));
  return useMemo(
    () => ({
      sign_in: ({ params }) => leave(params["environment"] ?? here),
      unlock: look,
      open_settings: ({ code }) => void navigate({ to: "/settings", search: { tab: code === "not_configured" ? "environments" : "processes" } }),
    }),
    [leave, here, look, navigate],
  );
}
