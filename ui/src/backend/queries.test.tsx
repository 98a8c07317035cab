import { QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { dossierId } from "../test/desk";
import type { DossierView } from "./generated/DossierView";
import { BackendContext } from "./context";
import { fakeBackend } from "./fake";
import { PLAIN } from "./fake/scenario";
import { ListContext } from "./list-context";
import { ListRows } from "./list-rows";
import { dossierKey, newQueryClient, SESSION, SETTINGS, useLiveBackend, useRemember } from "./queries";

const ID = dossierId(1);

/** The window's memory on a fake, with one dossier in it. */
async function memory() {
  const backend = fakeBackend(PLAIN);
  const client = newQueryClient();
  client.setQueryData(SESSION, await backend.getSession());
  client.setQueryData(SETTINGS, await backend.getSettings());
  const rows = new ListRows(backend);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <BackendContext value={backend}>
      <QueryClientProvider client={client}>
        <ListContext value={rows}>{children}</ListContext>
      </QueryClientProvider>
    </BackendContext>
  );
  const { result } = renderHook(
    () => {
      useLiveBackend();
      return useRemember();
    },
    { wrapper },
  );
  const dossier = await backend.getDossier(ID);
  const kept = () => client.getQueryData(dossierKey(ID));
  result.current.dossier(dossier);
  expect(kept()).toEqual(dossier);
  return { backend, client, kept, remember: result.current, dossier };
}

describe("what the window remembers", () => {
  it("loses every dossier with a lock, and takes none back from an answer that comes late", async () => {
    const { backend, kept, remember, dossier } = await memory();
    await backend.lock();
    expect(kept()).toBeUndefined();
    remember.dossier(dossier);
    expect(kept()).toBeUndefined();
    // The same from an event.
    backend.control.edit(ID, (view) => view);
    expect(kept()).toBeUndefined();
  });

  it("loses every dossier with a sign-out, and takes none back from an answer that comes late", async () => {
    const { backend, client, kept, remember, dossier } = await memory();
    await backend.signOut();
    expect(kept()).toBeUndefined();
    remember.dossier(dossier);
    expect(kept()).toBeUndefined();
    expect(client.getQueryData(SETTINGS)).toBeTruthy();
  });

  it("does not go back to what a slower reading found before the news of a dossier", async () => {
    const { backend, client, kept } = await memory();
    const before = await backend.getDossier(ID);
    let arrive: () => void = () => undefined;
    const slow = [new Promise<DossierView>((resolve) => (arrive = () => resolve(before)))];
    const reading = client.query({ queryKey: dossierKey(ID), queryFn: () => slow.shift() ?? backend.getDossier(ID), staleTime: 0 });
    backend.control.edit(ID, (view) => ({ ...view, read_at: "2026-11-23T10:00:00Z" }));
    arrive();
    await reading;
    await waitFor(() => expect(client.isFetching()).toBe(0));
    expect(kept()).toMatchObject({ read_at: "2026-11-23T10:00:00Z" });
  });

  it("takes dossiers again once somebody is back", async () => {
    const { backend, kept, remember, dossier } = await memory();
    await backend.lock();
    await backend.unlock(null);
    remember.dossier(dossier);
    expect(kept()).toEqual(dossier);
  });
});
