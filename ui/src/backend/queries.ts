import { QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useBackend } from "./context";
import type { DossierView } from "./generated/DossierView";
import type { ListView } from "./generated/ListView";
import type { SessionView } from "./generated/SessionView";
import type { SettingsView } from "./generated/SettingsView";
import type { WireError } from "./generated/WireError";
import { useListRows } from "./list-context";
import type { ListRows } from "./list-rows";
import { REGISTER } from "./register-queries";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: WireError;
  }
}

export const SESSION = ["session"] as const;
export const SETTINGS = ["settings"] as const;
export const VIEWS = ["views"] as const;
export const TAGS = ["tags"] as const;
export const dossierKey = (id: string) => ["dossier", id] as const;

/** Rust retries what may be retried; the window never adds tries of its own. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: "always", refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: Infinity },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function useSession() {
  const backend = useBackend();
  return useQuery({ queryKey: SESSION, queryFn: () => backend.getSession() });
}

export function useSettings() {
  const backend = useBackend();
  return useQuery({ queryKey: SETTINGS, queryFn: () => backend.getSettings() });
}

export function useDossierQuery(id: string) {
  const backend = useBackend();
  return useQuery({ queryKey: dossierKey(id), queryFn: () => backend.getDossier(id) });
}

/** What has that reference already; asked anew each time, since dossiers come and go. */
export function useSameReference(reference: string) {
  const backend = useBackend();
  return useQuery({ queryKey: ["same-reference", reference], queryFn: () => backend.getSameReference(reference), enabled: reference !== "", staleTime: 0, gcTime: 0 });
}

/** What was typed before the program ended; asked once, where nothing is being typed now. */
export function useKeptDraft(wanted: boolean) {
  const backend = useBackend();
  return useQuery({ queryKey: ["draft"], queryFn: () => backend.getDraft(), enabled: wanted, staleTime: 0, gcTime: 0 });
}

/** Which values of callback headers the keychain has, asked anew each time a process is edited. */
export function useKeptCallbackValues(processId: string) {
  const backend = useBackend();
  return useQuery({ queryKey: ["callback-values", processId], queryFn: () => backend.getKeptCallbackValues(processId), enabled: processId !== "", staleTime: 0, gcTime: 0 });
}

export function useViews() {
  const backend = useBackend();
  return useQuery({ queryKey: VIEWS, queryFn: () => backend.listViews() });
}

export function useTags() {
  const backend = useBackend();
  return useQuery({ queryKey: TAGS, queryFn: () => backend.listTags() });
}

/** Puts an answer that carries a whole view where the screens read it. */
export function useRemember() {
  const client = useQueryClient();
  const rows = useListRows();
  return {
    session: (session: SessionView) => rememberSession(client, rows, session),
    settings: (settings: SettingsView) => client.setQueryData(SETTINGS, settings),
    dossier: (dossier: DossierView) => rememberDossier(client, rows, dossier),
    views: (views: ListView[]) => isOpen(client) && client.setQueryData(VIEWS, views),
  };
}

/** Somebody is signed in and the desk is not locked: otherwise an answer that was on its way is not for the window any more. */
function isOpen(client: QueryClient): boolean {
  const session = client.getQueryData<SessionView>(SESSION);
  return Boolean(session?.current && !session.locked);
}

/** Tells, after an answer, whether there still is somebody signed in to give it to. */
export function useSignedInNow(): () => boolean {
  const client = useQueryClient();
  return useCallback(() => Boolean(client.getQueryData<SessionView>(SESSION)?.current), [client]);
}

/** What can be done with a dossier, and which processes there are, follows from who is signed in where. */
function rememberSession(client: QueryClient, rows: ListRows, session: SessionView): void {
  const before = client.getQueryData<SessionView>(SESSION);
  client.setQueryData(SESSION, session);
  if (session.locked || (before?.current && !session.current)) {
    // Nothing of a dossier stays in the window.
    rows.clear();
    client.removeQueries({ predicate: ({ queryKey: [first] }) => first !== SESSION[0] && first !== SETTINGS[0] });
    if (!session.locked) void client.invalidateQueries({ queryKey: SETTINGS });
    return;
  }
  // No screen that comes back shows the names that it had read whole.
  if (session.names === "masked" && before?.names !== "masked") client.removeQueries({ queryKey: REGISTER, type: "inactive" });
  if (session.current) rows.readAgain();
  else rows.clear();
  for (const queryKey of [SETTINGS, VIEWS, TAGS, REGISTER, ["dossier"]]) void client.invalidateQueries({ queryKey });
}

function rememberDossier(client: QueryClient, rows: ListRows, dossier: DossierView): void {
  if (!isOpen(client)) return;
  const queryKey = dossierKey(dossier.row.id);
  const reading = client.isFetching({ queryKey, exact: true }) > 0;
  client.setQueryData(queryKey, dossier);
  // A reading under way may be of before, or this may be: what the register says now settles it.
  if (reading) void client.invalidateQueries({ queryKey, exact: true, refetchType: "all" });
  // The row changes at once where it is shown; the order and the counts come from the register.
  rows.put(dossier.row);
  void client.invalidateQueries({ queryKey: REGISTER });
}

/** Follows Rust's events for as long as the window lives. */
export function useLiveBackend(): void {
  const backend = useBackend();
  const client = useQueryClient();
  const rows = useListRows();
  useEffect(() => {
    const stops = [
      backend.onSessionChanged((session) => rememberSession(client, rows, session)),
      backend.onDossierChanged((dossier) => rememberDossier(client, rows, dossier)),
      backend.onRegisterChanged(() => {
        rows.readAgain();
        for (const queryKey of [TAGS, REGISTER, ["dossier"]]) void client.invalidateQueries({ queryKey });
      }),
      // Only of what is shown, and nothing else of it changed.
      backend.onReadingPlanned(({ id, next }) => client.setQueryData<DossierView>(dossierKey(id), (known) => known && { ...known, next_reading: next })),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [backend, client, rows]);
}
