import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, open } from "../../../test/desk";

const PLACE = "/settings?tab=register";

describe("the register's settings", () => {
  it("list every backup with its date, count, size and whether it is sound", async () => {
    open({}, PLACE);
    const rows = await screen.findAllByTestId("backup");
    expect(rows).toHaveLength(7);
    expect(rows[0]?.textContent).toMatch(/\d{2}\/\d{2}\/\d{4}.*24.*Mo.*relue, intacte/);
    expect(rows[2]?.textContent).toContain("abîmée");
  });

  it("make a backup now and say how many dossiers it holds", async () => {
    const { user, calls } = open({}, PLACE);
    await click(user, "back-up-now");
    await waitFor(() => expect(screen.getAllByTestId("backup")).toHaveLength(8));
    expect(calls("backUpNow")).toHaveLength(1);
    expect(screen.getByTestId("long-act").textContent).toContain("24 dossiers");
  });

  it("say why the last daily backup was not made", async () => {
    open({ backup_trouble: "disk_full" }, PLACE);
    expect((await screen.findByTestId("backup-trouble")).textContent).toContain("Plus assez de place");
  });

  it("renew the key only after a confirmation", async () => {
    const { user, calls } = open({}, PLACE);
    await click(user, "renew-key");
    expect(calls("renewRegisterKey")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(screen.getByTestId("long-act").textContent).toContain("La clé du registre est renouvelée"));
    expect(calls("renewRegisterKey")).toHaveLength(1);
  });

  it("mask the names of lists, which are read again at once", async () => {
    const { user, calls } = open({}, PLACE);
    const mask = await screen.findByRole("checkbox", { name: "Masquer les noms, e-mails et téléphones dans les listes" });
    expect(mask).toHaveProperty("checked", false);
    await user.click(mask);
    await waitFor(() => expect(mask).toHaveProperty("checked", true));
    expect(calls("setMaskNames")).toEqual([[true]]);
    await click(user, "nav-dossiers");
    expect((await screen.findAllByTestId("dossier-row"))[0]?.textContent).toContain("•••");
  });

  it("leave names as they were, and say why, where the journal cannot be written", async () => {
    const { user } = open({ failing: { setMaskNames: "disk_full" } }, PLACE);
    const mask = await screen.findByRole("checkbox", { name: /^Masquer les noms/ });
    await user.click(mask);
    expect((await screen.findByTestId("error")).dataset["code"]).toBe("disk_full");
    expect(mask).toHaveProperty("checked", false);
  });

  it("give and take the right to play liveness videos", async () => {
    const { user, calls } = open({}, PLACE);
    const right = await screen.findByRole("checkbox", { name: "Lire les vidéos dans la visionneuse" });
    expect(right).toHaveProperty("checked", false);
    await user.click(right);
    await waitFor(() => expect(right).toHaveProperty("checked", true));
    await user.click(right);
    await waitFor(() => expect(calls("setPlayVideos")).toEqual([[true], [false]]));
  });

  it("are not offered to who is not signed in", async () => {
    const { user } = open({ signed_in: null });
    await click(user, "open-settings");
    expect(await screen.findByTestId("settings-environments")).toBeTruthy();
    expect(screen.queryByTestId("settings-register")).toBeNull();
  });
});

describe("the journal's settings", () => {
  it("ask before a shorter stretch drops entries, and not for a longer one", async () => {
    const { user, calls } = open({}, "/settings?tab=journal");
    const months = await screen.findByTestId("journal-months");
    await user.clear(months);
    await user.type(months, "9{Tab}");
    await click(user, "save-journal-months");
    expect(calls("setJournalMonths")).toEqual([]);
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("Les entrées de plus de 9 mois");
    await user.click(within(dialog).getByTestId("confirm"));
    await waitFor(() => expect(calls("setJournalMonths")).toEqual([[9]]));
    await user.clear(await screen.findByTestId("journal-months"));
    await user.type(screen.getByTestId("journal-months"), "24{Tab}");
    await click(user, "save-journal-months");
    await waitFor(() => expect(calls("setJournalMonths")).toEqual([[9], [24]]));
  });

  it("keep the stretch between six months and sixty", async () => {
    const { user, calls } = open({}, "/settings?tab=journal");
    const months = await screen.findByTestId("journal-months");
    await user.clear(months);
    await user.type(months, "99{Tab}");
    await click(user, "save-journal-months");
    await waitFor(() => expect(calls("setJournalMonths")).toEqual([[60]]));
  });

  it("turn the system's notifications off", async () => {
    const { user, calls } = open({}, "/settings?tab=journal");
    await user.click(await screen.findByRole("checkbox"));
    await waitFor(() => expect(calls("setNotifications")).toEqual([[false]]));
  });
});

describe("the windows of an environment", () => {
  it("warn when one is longer than ID360 has published, and go back to the published ones", async () => {
    const { user } = open({}, "/settings?tab=environments");
    await user.click(within(await screen.findByTestId("environment-production")).getByRole("button", { name: /Modifier/ }));
    const documents = screen.getByTestId("deadline-documents_days");
    await user.clear(documents);
    await user.type(documents, "30{Tab}");
    expect(await screen.findByTestId("deadlines-longer")).toBeTruthy();
    await click(user, "deadlines-published");
    await waitFor(() => expect(screen.getByTestId("deadline-documents_days")).toHaveProperty("value", "7"));
    expect(screen.queryByTestId("deadlines-longer")).toBeNull();
  });

  it("can be overridden by a process, which starts from them", async () => {
    const { user, calls } = open({}, "/settings?tab=processes");
    const process = (await screen.findAllByTestId("process"))[0] as HTMLElement;
    await user.click(within(process).getByRole("button", { name: /Modifier/ }));
    await user.click(screen.getByRole("checkbox", { name: "Délais propres à ce parcours" }));
    const user_days = screen.getByTestId("deadline-report_user_days");
    expect(user_days).toHaveProperty("value", "60");
    await user.clear(user_days);
    await user.type(user_days, "30{Tab}");
    await click(user, "save-process");
    await waitFor(() => expect(calls("saveProcess")[0]?.[0]).toMatchObject({ deadlines: { documents_days: 7, report_application_days: 7, report_user_days: 30 } }));
  });
});
