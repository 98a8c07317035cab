import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** The computer has no network, or the last read of something came back `unreachable`. */
export function useOffline(): boolean {
  const client = useQueryClient();
  const noNetwork = useSyncExternalStore(subscribe, () => !navigator.onLine);
  const unreachable = useSyncExternalStore(
    (listener) => client.getQueryCache().subscribe(listener),
    () => client.getQueryCache().getAll().some((query) => (query.state.error as { code?: string } | null)?.code === "unreachable"),
  );
  return noNetwork || unreachable;
}
