import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { WireError } from "../../backend/generated/WireError";
import { click, open } from "../../test/desk";

const verdicts = () => screen.getAllByTestId("import-line").map(({ dataset }) => dataset["verdict"]);

describe("the import", () => {
  it("judges every line in words before anything is added", async () => {
    const { user, calls } = open({}, "/import");
    await click(user, "import-file");
    expect((await screen.findByTestId("import-counts")).textContent).toMatch(/7 nouveaux.*1 complété.*1 déjà connu.*1 répété.*2 refusés/);
    expect(verdicts().slice(0, 3)).toEqual(["invalid", "invalid", "repeated"]);
    expect(screen.getAllByTestId("import-line")[0]?.textContent).toContain("le numéro n’en est pas un");
    expect(calls("applyImport")).toHaveLength(0);
    expect(document.activeElement?.textContent).toContain("Vérifier");
  });

  it("adds the new lines, says how many, and the list has them", async () => {
    const { user, calls } = open({}, "/import");
    await click(user, "import-file");
    await click(user, "import-apply");
    expect((await screen.findByTestId("import-result")).textContent).toContain("7 dossiers ajoutés, 1 complété.");
    expect(screen.queryByTestId("import-plan")).toBeNull();
    // The button that was pressed went with the plan.
    await waitFor(() => expect(document.activeElement?.firstElementChild).toBe(screen.getByTestId("import-result")));
    expect(calls("dropImport")).toHaveLength(0);
    await click(user, "nav-dossiers");
    await waitFor(() => expect(screen.getByTestId("dossier-count").textContent).toBe("31 dossiers"));
  });

  it("reads the clipboard with Ctrl+V, and never receives what is pasted", async () => {
    const { user, calls } = open({}, "/import");
    await screen.findByTestId("import-clipboard");
    let pasted = false;
    document.addEventListener("paste", () => (pasted = true), { once: true });
    await user.keyboard("{Control>}v{/Control}");
    await waitFor(() => expect(calls("readImport")).toHaveLength(1));
    expect(calls("readImport")[0]?.slice(1)).toEqual(["clipboard", null]);
    expect(pasted).toBe(false);
  });

  it("forgets what was read when the screen is left", async () => {
    const { user, calls } = open({}, "/import");
    await click(user, "import-file");
    await screen.findByTestId("import-plan");
    await click(user, "nav-dossiers");
    await waitFor(() => expect(calls("dropImport")).toEqual([["plan-1"]]));
  });

  it("forgets what was read to its end after the screen was left", async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { user, calls } = open({}, "/import", (fake) => {
      const read = fake.readImport.bind(fake);
      fake.readImport = async (...given) => {
        const plan = await read(...given);
        await held;
        return plan;
      };
    });
    await click(user, "import-file");
    await click(user, "nav-dossiers");
    await screen.findByTestId("dossier-table");
    expect(calls("dropImport")).toEqual([]);
    goOn();
    await waitFor(() => expect(calls("dropImport")).toEqual([["plan-1"]]));
  });

  it("forgets a plan that could not be taken in after the screen was left", async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const { user, calls } = open({ failing: { applyImport: "disk_full" } }, "/import", (fake) => {
      const apply = fake.applyImport.bind(fake);
      fake.applyImport = async (...given) => {
        await held;
        return apply(...given);
      };
    });
    await click(user, "import-file");
    await click(user, "import-apply");
    await click(user, "nav-dossiers");
    await screen.findByTestId("dossier-table");
    // What is being taken in is not taken away.
    expect(calls("dropImport")).toEqual([]);
    goOn();
    await waitFor(() => expect(calls("dropImport")).toEqual([["plan-1"]]));
  });

  it("shows how far the reading is, and a stop leaves no plan", async () => {
    const { user, calls } = open({ steps: 400, step: 20 }, "/import");
    await click(user, "import-file");
    await screen.findByText(/sur 12$/);
    await click(user, "long-act-stop");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("stopped"));
    expect(calls("cancel")[0]).toEqual([(calls("readImport")[0] as [string])[0]]);
    expect(screen.queryByTestId("import-plan")).toBeNull();
    expect(screen.getByTestId("import-file").getAttribute("aria-disabled")).toBeNull();
  });

  it("leaves everything as it was when the import is stopped", async () => {
    const { user, calls } = open({ steps: 200, step: 20 }, "/import");
    await click(user, "import-clipboard");
    await screen.findByTestId("import-plan", {}, { timeout: 15_000 });
    await click(user, "import-apply");
    await click(user, "long-act-stop");
    await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("stopped"));
    expect(calls("cancel")).toHaveLength(1);
    expect(screen.getByTestId("import-plan")).toBeTruthy();
    expect(screen.queryByTestId("import-result")).toBeNull();
  });

  it("names the line that another api_key overtook, and leaves the plan to be dropped or read again", async () => {
    const overtaken: WireError = { code: "other_api_key", params: { line: "5", number: "880001" }, retryable: false, trace_id: "t" };
    // The window receives its errors as values.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const { user } = open({}, "/import", (backend) => (backend.applyImport = () => Promise.reject(overtaken)));
    await click(user, "import-file");
    await click(user, "import-apply");
    const act = await screen.findByTestId("long-act");
    await waitFor(() => expect(act.textContent).toContain("Ligne 5, dossier 880001"));
    expect(act.textContent).toContain("Aucune ligne n’a été importée");
    expect(screen.getByTestId("import-plan")).toBeTruthy();
    expect(screen.queryByTestId("import-result")).toBeNull();
  });

  it("lets nobody choose another process for what is being read", async () => {
    const { user } = open({ steps: 400, step: 20 }, "/import");
    const choice = await screen.findByTestId("import-process");
    expect(choice).toHaveProperty("disabled", false);
    await click(user, "import-file");
    await screen.findByTestId("long-act-stop");
    expect(choice).toHaveProperty("disabled", true);
    await click(user, "long-act-stop");
    await waitFor(() => expect(choice).toHaveProperty("disabled", false));
  });

  it("changes nothing when the person closes the system's dialog", async () => {
    const { user } = open({}, "/import", (backend) => (backend.readImport = () => Promise.resolve(null)));
    await click(user, "import-file");
    await waitFor(() => expect(screen.getByTestId("import-file").getAttribute("aria-disabled")).toBeNull());
    expect(screen.queryByTestId("import-plan")).toBeNull();
    expect(screen.queryByTestId("error")).toBeNull();
  });
});
