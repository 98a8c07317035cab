import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { RegisterState } from "../../backend/generated/RegisterState";
import { click, open } from "../../test/desk";

const OUT = { signed_in: null };

describe("the register's door", () => {
  it.each<[RegisterState, string]>([
    ["passphrase_to_choose", "Choisissez une phrase secrète"],
    ["passphrase_wanted", "Ouvrir vos dossiers"],
    ["key_unreachable", "Le trousseau de ce poste est fermé"],
    ["key_refused", "Le registre ne s’ouvre pas avec cette clé"],
    ["damaged", "Le registre de ce poste est abîmé"],
    ["newer", "Ce registre vient d’une version plus récente"],
    ["in_use", "Ce registre est déjà ouvert"],
    ["unreadable", "Le registre ne peut pas être lu"],
  ])("says what %s means", async (register, title) => {
    open({ ...OUT, register });
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe(title);
  });

  it("refuses a short new passphrase and one that was mistyped", async () => {
    const { user, calls } = open({ ...OUT, register: "passphrase_to_choose" });
    await user.type(await screen.findByTestId("passphrase"), "court");
    await click(user, "passphrase-submit");
    expect(screen.getByText(/La phrase compte 5 caractères/)).toBeTruthy();
    await user.type(screen.getByTestId("passphrase"), " mais allongé");
    await user.type(screen.getByTestId("passphrase-again"), "autre chose");
    await click(user, "passphrase-submit");
    expect(document.activeElement).toBe(screen.getByTestId("passphrase-again"));
    expect(calls("openRegisterWithPassphrase")).toEqual([]);
  });

  it("stays and says nothing was changed when the passphrase is refused", async () => {
    const { user } = open({ ...OUT, register: "passphrase_wanted", failing: { openRegisterWithPassphrase: "passphrase_refused" } });
    await user.type(await screen.findByTestId("passphrase"), "pas la bonne phrase");
    await click(user, "passphrase-submit");
    expect((await screen.findByTestId("error")).textContent).toContain("ni modifié ni effacé");
  });

  it("does not call a keychain closed that refuses", async () => {
    open({ ...OUT, register: "key_unreachable", keychain: "refusing" });
    expect((await screen.findByTestId("register-state")).textContent).toContain("refuse de donner la clé");
  });

  it("tries the keychain again and goes on", async () => {
    const { user } = open({ ...OUT, register: "key_unreachable", keychain: "locked" });
    await click(user, "retry-register");
    expect(await screen.findByTestId("enter-sandbox-user")).toBeTruthy();
  });
});
