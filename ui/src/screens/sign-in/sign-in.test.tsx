import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, open } from "../../test/desk";

const OUT = { signed_in: null };

describe("sign-in", () => {
  it("enters the sandbox with one press, without credentials", async () => {
    const { user, calls } = open(OUT);
    await click(user, "enter-sandbox-application");
    expect(await screen.findByTestId("environment-word")).toHaveProperty("textContent", "BAC À SABLE");
    expect(calls("signInToSandbox")).toEqual([["application"]]);
  });

  it("enters the sandbox as a user too", async () => {
    const { user, calls } = open(OUT);
    await click(user, "enter-sandbox-user");
    await screen.findByTestId("sign-out");
    expect(calls("signInToSandbox")).toEqual([["user"]]);
  });

  it("asks an application for an id and a password, and sends no code", async () => {
    const { user, calls } = open(OUT);
    await click(user, "env-production");
    expect(screen.queryByTestId("signin-code")).toBeNull();
    await user.type(screen.getByTestId("signin-username"), "agence-12");
    await user.type(screen.getByTestId("signin-password"), "un secret");
    await click(user, "signin-submit");
    await screen.findByTestId("sign-out");
    expect(calls("signIn")).toEqual([[{ environment_id: "production", account: "application", username: "agence-12", password: "un secret", code: null, remember: false }]]);
  });

  it("asks a user for a code and tells what the account can reach", async () => {
    const { user, calls } = open(OUT);
    await click(user, "env-pre_production");
    await click(user, "account-user");
    expect(screen.getByText(/Rapports terminés jusqu’à 60/)).toBeTruthy();
    await user.type(screen.getByTestId("signin-username"), "conformite@exemple.test");
    await user.type(screen.getByTestId("signin-password"), "un secret");
    await user.type(screen.getByTestId("signin-code"), "123 456");
    await click(user, "signin-submit");
    await screen.findByTestId("sign-out");
    expect(calls("signIn")[0]?.[0]).toMatchObject({ account: "user", code: "123456" });
  });

  it("puts the focus on the first missing field and calls nothing", async () => {
    const { user, calls } = open(OUT);
    await click(user, "env-production");
    await click(user, "signin-submit");
    expect(document.activeElement).toBe(screen.getByTestId("signin-username"));
    expect(screen.getByText("Saisissez l’identifiant du compte.")).toBeTruthy();
    expect(calls("signIn")).toEqual([]);
  });

  it("keeps what was typed when the password is refused, and goes back to it", async () => {
    const { user } = open({ ...OUT, failing: { signIn: "credentials_refused" } });
    await click(user, "env-production");
    await user.type(screen.getByTestId("signin-username"), "agence-12");
    await user.type(screen.getByTestId("signin-password"), "faux");
    await click(user, "signin-submit");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("credentials_refused");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("signin-password")));
    expect(screen.getByTestId("signin-username")).toHaveProperty("value", "agence-12");
  });

  it("goes back to the code when the code is refused", async () => {
    const { user } = open({ ...OUT, remembered: true, failing: { signIn: "code_refused" } });
    await user.type(await screen.findByTestId("signin-code"), "000000");
    await click(user, "signin-submit");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("signin-code")));
  });

  it("needs no password for a remembered account, and forgets it on demand", async () => {
    const { user, calls } = open({ ...OUT, remembered: true });
    expect(await screen.findByTestId("signin-username")).toHaveProperty("value", "conformite@exemple.test");
    await user.click(screen.getByRole("button", { name: "Oublier ce compte" }));
    await waitFor(() => expect(calls("forgetAccount")).toEqual([["production", "user"]]));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Oublier ce compte" })).toBeNull());
  });

  it("does not offer to remember without a keychain, and says so", async () => {
    const { user } = open({ ...OUT, keychain: "missing" });
    await click(user, "env-production");
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.getByTestId("session-only-banner")).toBeTruthy();
  });

  it("carries the environment's word in the window's title", async () => {
    const { user } = open(OUT);
    await waitFor(() => expect(document.title).toContain("BAC À SABLE"));
    await click(user, "env-production");
    await waitFor(() => expect(document.title).toContain("PRODUCTION"));
  });

  it("lets an environment be added before any account is open", async () => {
    const { user } = open(OUT);
    await click(user, "open-settings");
    expect(await screen.findByTestId("add-environment")).toBeTruthy();
    await click(user, "back-to-sign-in");
    expect(await screen.findByTestId("enter-sandbox-user")).toBeTruthy();
  });
});
