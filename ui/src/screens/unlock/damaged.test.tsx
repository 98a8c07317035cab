import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, open } from "../../test/desk";

const DAMAGED = { signed_in: null, register: "damaged" as const };

describe("the way on from a damaged register", () => {
  it("says that the damaged file is kept and proposes the last good backup", async () => {
    const { user, calls } = open(DAMAGED);
    expect((await screen.findByTestId("register-state")).textContent).toContain("ce qui en reste sera gardé à côté");
    const choices = await screen.findAllByTestId("backup-choice");
    expect(choices[0]?.textContent).toContain("dernière bonne sauvegarde");
    expect(choices[0]?.textContent).toContain("24 dossiers");
    await click(user, "restore-backup");
    expect(await screen.findByTestId("enter-sandbox-user")).toBeTruthy();
    expect(calls("restoreBackup")).toHaveLength(1);
    expect(calls("restoreBackup")[0]?.[1]).toMatch(/-daily\.sqlite$/);
  });

  it("does not let a damaged backup be chosen", async () => {
    open(DAMAGED);
    const damaged = (await screen.findAllByTestId("backup-choice")).filter(({ textContent }) => textContent.includes("abîmée"));
    expect(damaged).toHaveLength(1);
    expect(within(damaged[0] as HTMLElement).getByRole("radio")).toHaveProperty("disabled", true);
  });

  it("keeps the last resort behind a disclosure, a dialog and a tick", async () => {
    const { user, calls } = open(DAMAGED);
    await screen.findAllByTestId("backup-choice");
    expect(screen.queryByRole("button", { name: /Repartir du journal/ })).toBeNull();
    await click(user, "rebuild-more");
    await click(user, "rebuild-register");
    const dialog = await screen.findByRole("alertdialog");
    expect(within(dialog).getByTestId("confirm")).toHaveProperty("disabled", true);
    for (const lost of ["noms", "rapports", "décisions", "«\u202ftraité\u202f»", "étiquettes", "vues", "certificats de confiance", "saisie", "journal des actes"]) {
      expect(within(dialog).getByRole("checkbox").closest("label")?.textContent).toContain(lost);
    }
    expect(dialog.textContent).toContain("les preuves capturées, qui sont dans le coffre");
    await user.click(within(dialog).getByRole("checkbox"));
    expect(calls("rebuildRegister")).toEqual([]);
    await user.click(within(dialog).getByTestId("confirm"));
    expect(await screen.findByTestId("enter-sandbox-user")).toBeTruthy();
    expect(calls("rebuildRegister")).toHaveLength(1);
  });

  it("says so when there is no good backup, and opens the other way", async () => {
    open({ ...DAMAGED, backups: false });
    expect(await screen.findByTestId("no-backup")).toBeTruthy();
    expect(screen.queryByTestId("restore-backup")).toBeNull();
    expect(await screen.findByRole("button", { name: /Repartir du journal/ })).toBeTruthy();
  });

  it("tells when the backup could not be gone back to, and stays", async () => {
    const { user } = open({ ...DAMAGED, failing: { restoreBackup: "disk_full" } });
    await click(user, "restore-backup");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("failed"));
    expect(screen.getByTestId("restore-backup")).toBeTruthy();
  });

  it("shows a backup that turned out damaged as such, and proposes the next good one", async () => {
    const { user, calls } = open({ ...DAMAGED, failing: { restoreBackup: "backup_damaged" } });
    await screen.findByTestId("restore-backup");
    const asked = calls("getStore").length;
    await click(user, "restore-backup");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("failed"));
    expect(screen.getByTestId("long-act").textContent).toContain("Cette sauvegarde est abîmée");
    const choices = screen.getAllByTestId("backup-choice");
    expect(choices[0]?.textContent).toContain("abîmée");
    expect(within(choices[0] as HTMLElement).getByRole("radio")).toHaveProperty("disabled", true);
    expect(choices[1]?.textContent).toContain("dernière bonne sauvegarde");
    expect(within(choices[1] as HTMLElement).getByRole("radio")).toHaveProperty("checked", true);
    expect(calls("getStore").length).toBeGreaterThan(asked);
  });

  it("offers nothing that changes a register of a newer version", async () => {
    open({ signed_in: null, register: "newer" });
    expect((await screen.findByTestId("register-state")).textContent).toContain("ni ouvert ni modifié");
    expect(screen.queryByTestId("restore-backup")).toBeNull();
    expect(screen.queryByTestId("rebuild-more")).toBeNull();
  });
});
