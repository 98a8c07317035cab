import { keepPreviousData, QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useBackend } from "./context";
import type { DossierView } from "./generated/DossierView";
import type { ListPage } from "./generated/ListPage";
import type { ListQuery } from "./generated/ListQuery";
import type { SessionView } from "./generated/SessionView";
import type { SettingsView } from "./generated/SettingsView";
import type { WireError } from "./generated/WireError";
import { REGISTER } from "./register-queries";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: WireError;
  }
}

export const SESSION = ["session"] as const;
export const SETTINGS = ["settings"] as const;
export const PAGES = ["dossiers"] as const;
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

export function usePageOptions() {
  const backend = useBackend();
  return (query: ListQuery, offset: number, limit: number) =>
    queryOptions({
      queryKey: [...PAGES, query, offset, limit],
      queryFn: () => backend.listDossiers(query, offset, limit),
      placeholderData: keepPreviousData,
    });
}

/** Puts an answer that carries a whole view where the screens read it. */
export function useRemember() {
  const client = useQueryClient();
  return {
    session: (session: SessionView) => rememberSession(client, session),
    settings: (settings: SettingsView) => client.setQueryData(SETTINGS, settings),
    dossier: (dossier: DossierView) => rememberDossier(client, dossier),
  };
}

/** What can be done with a dossier, and which processes there are, follows from who is signed in where. */
function rememberSession(client: QueryClient, session: SessionView): void {
  client.setQueryData(SESSION, session);
  void client.invalidateQueries({ queryKey: SETTINGS });
  void client.invalidateQueries({ queryKey: PAGES });
  void client.invalidateQueries({ queryKey: REGISTER });
  void client.invalidateQueries({ queryKey: ["dossier"] });
}

function rememberDossier(client: QueryClient, dossier: DossierView): void {
  client.setQueryData(dossierKey(dossier.row.id), dossier);
  // The row changes at once where it is shown; the order and the counts come from the register.
  client.setQueriesData<ListPage>({ queryKey: PAGES }, (page) =>
    page && { ...page, rows: page.rows.map((row) => (row.id === dossier.row.id ? dossier.row : row)) },
  );
  registerMoved(client);
}

function registerMoved(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: PAGES });
  void client.invalidateQueries({ queryKey: REGISTER });
}

/** Follows Rust's events for as long as the window lives. */
export function useLiveBackend(): void {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    const stops = [
      backend.onSessionChanged((session) => rememberSession(client, session)),
      backend.onDossierChanged((dossier) => rememberDossier(client, dossier)),
      backend.onRegisterChanged(() => registerMoved(client)),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [backend, client]);
}
