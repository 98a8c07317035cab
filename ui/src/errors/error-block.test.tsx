import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../backend/generated/ErrorCode";
import { click, dossierId, open } from "../test/desk";

/** A dossier whose reading fails with that. */
async function failing(code: ErrorCode, params: Record<string, string> = {}) {
  const desk = open({}, `/dossiers/${dossierId(2)}`, (backend) => backend.control.fail("refreshDossier", code, params));
  await click(desk.user, "refresh");
  const error = within(await screen.findByTestId("error"));
  return { ...desk, press: async (name: string) => desk.user.click(error.getByRole("button", { name })) };
}

describe("the closing of an error", () => {
  it("gives the focus back to where it came from", async () => {
    const { user } = await failing("provider_incident");
    const refresh = screen.getByTestId("refresh");
    await waitFor(() => expect(document.activeElement).toBe(refresh));
    act(() => within(screen.getByTestId("error")).getByRole("button", { name: "Fermer" }).focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(refresh));
    expect(screen.queryByTestId("error")).toBeNull();
  });

  it("gives the focus to what is around it where it came from nowhere that is still there", async () => {
    const { user } = await failing("provider_incident");
    act(() => screen.getByTestId("refresh").blur());
    act(() => within(screen.getByTestId("error")).getByRole("button", { name: "Fermer" }).focus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement?.id).toBe("content"));
    expect(screen.queryByTestId("error")).toBeNull();
  });
});

describe("the button of an error", () => {
  it("leads to the sign-in of the dossier's environment, once the person agrees", async () => {
    const { user, press, calls } = await failing("not_signed_in", { environment: "pre_production" });
    await press("Se connecter");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("Pré-production");
    expect(calls("signOut")).toEqual([]);
    await click(user, "confirm");
    expect(within(await screen.findByTestId("env-pre_production")).getByRole("radio")).toHaveProperty("checked", true);
  });

  it("leads back to the sign-in where the sandbox can be started again", async () => {
    const { user, press } = await failing("sandbox_stopped");
    await press("Se connecter");
    await click(user, "confirm");
    expect(await screen.findByTestId("enter-sandbox-application")).toBeTruthy();
  });

  it("leads to the register that closed", async () => {
    const { backend, press } = await failing("register_closed");
    const session = await backend.getSession();
    backend.getSession = () => Promise.resolve({ ...session, register: "passphrase_wanted" });
    await press("Ouvrir le registre");
    expect(await screen.findByText("Ouvrir vos dossiers")).toBeTruthy();
  });

  it.each([
    ["not_configured", "environments"],
    ["callback_value_missing", "processes"],
  ] as const)("leads for %s to the settings of the %s", async (code, tab) => {
    const { history, press } = await failing(code);
    await press("Ouvrir les paramètres");
    await waitFor(() => expect(history.location.pathname).toBe("/settings"));
    expect(history.location.search).toContain(tab);
  });
});
