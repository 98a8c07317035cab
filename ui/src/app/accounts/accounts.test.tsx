import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../../test/desk";

const BOTH = { signed_in: "production", beside: true } as const;

describe("the open accounts", () => {
  it("tell what each kind reaches, and which one is worked with", async () => {
    const { user } = open(BOTH);
    await click(user, "open-accounts");
    expect((await screen.findByTestId("account-card-application")).textContent).toContain("Vous travaillez avec ce compte");
    const beside = screen.getByTestId("account-card-user").textContent;
    expect(beside).toContain("Rapports terminés jusqu’à 60");
    expect(beside).toContain("conformite@exemple.test");
  });

  it("change the one to work with without a sign-out, and keep the form that is being typed", async () => {
    const { user, calls } = open(BOTH, "/new");
    await user.type(await screen.findByTestId("field-reference"), "REF-42");
    await click(user, "open-accounts");
    await click(user, "work-as-user");
    await click(user, "close-accounts");
    await waitFor(() => expect(screen.getByTestId("open-accounts").textContent).toContain("conformite@exemple.test"));
    expect(screen.getByTestId("field-reference")).toHaveProperty("value", "REF-42");
    expect([calls("workAs"), calls("signOut")]).toEqual([[["user"]], []]);
  });

  it("close one of two, and leave the other one at work", async () => {
    const { user } = open(BOTH);
    await click(user, "open-accounts");
    await click(user, "close-account-application");
    await waitFor(() => expect(screen.getByTestId("account-card-application").dataset["open"]).toBe("false"));
    // The only one is left by signing out.
    expect(screen.queryByTestId("close-account-user")).toBeNull();
  });

  it("open the sandbox's other account with one press", async () => {
    const { user, calls } = open();
    await click(user, "open-accounts");
    await click(user, "open-account-user");
    expect((await screen.findByTestId("account-card-user")).textContent).toContain("Ouvert à côté");
    expect(calls("signInToSandbox")).toEqual([["user"]]);
  });

  it("are in the palette, with the change to the other one", async () => {
    const { user, calls } = open(BOTH);
    await screen.findByTestId("open-accounts");
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("Travailler avec conf{Enter}");
    await waitFor(() => expect(calls("workAs")).toEqual([["user"]]));
  });

  it("say why the change to the other one was refused", async () => {
    const { user } = open({ ...BOTH, failing: { workAs: "disk_full" } });
    await screen.findByTestId("open-accounts");
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("Travailler avec conf{Enter}");
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("disk_full");
    expect(screen.getByTestId("open-accounts").textContent).toContain("agence-12");
  });

  it("say why the one that has lapsed could not be put aside", async () => {
    const { user } = open({ ...BOTH, account: "user", code_wanted: true, failing: { closeAccount: "disk_full" } });
    await user.click(await screen.findByTestId("code-leave"));
    const dialog = within(await screen.findByRole("alertdialog"));
    expect((await dialog.findByTestId("error")).dataset["code"]).toBe("disk_full");
  });

  it("go on with the other one where the one that is worked with has lapsed", async () => {
    const { user, calls } = open({ ...BOTH, account: "user", code_wanted: true });
    const dialog = within(await screen.findByRole("alertdialog"));
    // The lapsed one is put aside: the other one is open.
    await user.click(dialog.getByTestId("code-leave"));
    await waitFor(() => expect(screen.getByTestId("open-accounts").textContent).toContain("agence-12"));
    expect(calls("closeAccount")).toEqual([["user"]]);
  });

  it("are offered by an error that only the other account can get over", async () => {
    const { user } = open({ signed_in: "production", failing: { refreshDossier: "report_needs_user" } }, `/dossiers/${dossierId(2)}`);
    await click(user, "refresh");
    const error = within(await screen.findByTestId("error"));
    await user.click(error.getByRole("button", { name: "Se connecter comme utilisateur" }));
    expect(within(await screen.findByTestId("account-card-user")).getByTestId("signin-username")).toBeTruthy();
  });
});
