import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Desk } from "./app/Desk";
import { wear } from "./app/theme";
import type { Backend } from "./backend/backend";
import { newQueryClient, SESSION, SETTINGS } from "./backend/queries";
import { speak } from "./i18n/language";
import "./design/tokens.css";
import "./design/base.css";

/** The fake is a branch that the production build removes whole. */
async function chooseBackend(): Promise<Backend> {
  if (import.meta.env.MODE === "fake") {
    const [{ fakeBackend }, { readScenario }] = await Promise.all([import("./backend/fake"), import("./backend/fake/scenario")]);
    return fakeBackend(readScenario());
  }
  const { tauriBackend } = await import("./backend/tauri");
  return tauriBackend;
}

async function start(): Promise<void> {
  const backend = await chooseBackend();
  const client = newQueryClient();
  const [settings] = await Promise.allSettled([
    client.query({ queryKey: SETTINGS, queryFn: () => backend.getSettings() }),
    client.query({ queryKey: SESSION, queryFn: () => backend.getSession() }),
  ]);
  speak(settings.status === "fulfilled" ? settings.value.language : "fr");
  wear(settings.status === "fulfilled" ? settings.value.theme : "system");
  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <Desk backend={backend} client={client} />
    </StrictMode>,
  );
}

void start();
