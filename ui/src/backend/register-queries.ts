import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useBackend } from "./context";
import type { CaptureFilter } from "./generated/CaptureFilter";
import type { JournalQuery } from "./generated/JournalQuery";

/** Everything that follows from the register as a whole: read again whenever a dossier or many changed. */
export const REGISTER = ["register"] as const;
const HOME = [...REGISTER, "home"] as const;
const RADAR = [...REGISTER, "radar"] as const;
const JOURNAL = [...REGISTER, "journal"] as const;
const CAPTURES = [...REGISTER, "captures"] as const;
const EVIDENCE = [...REGISTER, "evidence"] as const;
export const CHAIN = [...REGISTER, "chain"] as const;
/** Not under `REGISTER`: copies change only by their own acts. */
export const STORE = ["store"] as const;

/** Counts that hang on the clock grow old by themselves. */
const MINUTE = 60_000;

export function useHome() {
  const backend = useBackend();
  return useQuery({ queryKey: HOME, queryFn: () => backend.getHome(), staleTime: 0, refetchInterval: MINUTE });
}

export function useRadar() {
  const backend = useBackend();
  return useQuery({ queryKey: RADAR, queryFn: () => backend.getRadar(), staleTime: 0, refetchInterval: MINUTE });
}

/** With where its rows begin: those of before stay in view while the next ones are read. */
export function useJournalPage(query: JournalQuery, offset: number, limit: number) {
  const backend = useBackend();
  return useQuery({
    queryKey: [...JOURNAL, query, offset, limit],
    queryFn: async () => ({ ...(await backend.listJournal(query, offset, limit)), offset }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** With where its rows begin, as `useJournalPage`. While something runs that no event tells of to its end, it is read again. */
export function useCaptures(filter: CaptureFilter, offset: number, limit: number) {
  const backend = useBackend();
  return useQuery({
    queryKey: [...CAPTURES, filter, offset, limit],
    queryFn: async () => ({ ...(await backend.listCaptures(filter, offset, limit)), offset }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.verification.running ? 2000 : MINUTE),
  });
}

/** What is captured of one dossier. */
export function useEvidence(id: string) {
  const backend = useBackend();
  return useQuery({ queryKey: [...EVIDENCE, id], queryFn: () => backend.getEvidence(id), staleTime: 0 });
}

/** While Rust verifies by itself, its end is waited for. */
export function useChain() {
  const backend = useBackend();
  return useQuery({
    queryKey: CHAIN,
    queryFn: () => backend.getChain(),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.state.kind === "running" ? 2000 : false),
  });
}

export function useStore() {
  const backend = useBackend();
  return useQuery({ queryKey: STORE, queryFn: () => backend.getStore(), staleTime: 0 });
}

/** Ends when what is in view has been read again. */
export function useReadRegisterAgain(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: REGISTER }), [client]);
}
