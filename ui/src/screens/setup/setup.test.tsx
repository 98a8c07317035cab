import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, open } from "../../test/desk";

const FIRST = { signed_in: null, processes: false, setup: true } as const;
const UUID = "0b0e6f4e-3f0a-4c5e-9d5c-000000000001";

type Opened = ReturnType<typeof open>;

async function toAccount({ user }: Opened): Promise<void> {
  await click(user, "setup-next");
  await user.type(await screen.findByTestId("setup-username"), "agence-12");
}

/** A test of an account, whose answer comes when it is let go. */
async function testing() {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const desk = open(FIRST, "/", (fake) => {
    const test = fake.testAccount.bind(fake);
    fake.testAccount = async (form) => {
      const found = await test(form);
      await held;
      return found;
    };
  });
  await toAccount(desk);
  await desk.user.type(screen.getByTestId("setup-password"), "un secret{Enter}");
  const answer = () =>
    act(async () => {
      letGo();
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
  return { desk, answer };
}

describe("the set-up of a desk", () => {
  it("opens by itself on a first start, with the sandbox one press away", async () => {
    const { user, calls } = open(FIRST);
    await click(user, "enter-sandbox-application");
    await screen.findByTestId("sign-out");
    expect(calls("signInToSandbox")).toEqual([["application"]]);
    expect(screen.queryByTestId("setup-next")).toBeNull();
  });

  it("can be put off, and is found again from the sign-in and from the settings", async () => {
    const { user } = open(FIRST);
    await click(user, "setup-later");
    await click(user, "open-setup");
    await click(user, "setup-later");
    await click(user, "open-settings");
    await click(user, "open-setup");
    expect(await screen.findByTestId("setup-env-production")).toBeTruthy();
  });

  it("waits, with what was typed, behind the check of a file that is dropped meanwhile", async () => {
    const desk = open(FIRST);
    await toAccount(desk);
    desk.backend.control.drop("REF-1042_preuves.zip");
    await click(desk.user, "leave-verify");
    expect(await screen.findByTestId("setup-username")).toHaveProperty("value", "agence-12");
  });

  it("is among the places of the palette", async () => {
    const { user } = open();
    await screen.findByTestId("sign-out");
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByTestId("palette-input"), "installer");
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("setup-env-production")).toBeTruthy();
    await click(user, "setup-later");
    expect(await screen.findByTestId("sign-out")).toBeTruthy();
  });

  it("goes from an address of one's own to a process, and shows what the account can read", async () => {
    const desk = open(FIRST);
    const { user, calls } = desk;
    await click(user, "setup-env-other");
    await user.clear(screen.getByTestId("setup-address"));
    await user.type(screen.getByTestId("setup-address"), "https://relais.exemple.test");
    await toAccount(desk);
    expect(calls("saveEnvironment")[0]?.[0]).toMatchObject({ name: "relais.exemple.test", base_url: "https://relais.exemple.test" });
    await user.type(screen.getByTestId("setup-password"), "un secret{Enter}");
    expect((await screen.findByTestId("setup-reach")).textContent).toContain("de moins de 7 j");
    expect(calls("testAccount")).toEqual([[{ environment_id: "custom-3", account: "application", username: "agence-12", password: "un secret", code: null, remember: true }]]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("setup-next")));
    expect(screen.getByTestId("setup-password")).toHaveProperty("value", "");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("setup-processes")));
    await user.paste(`Agence en ligne;${UUID}\nsans identifiant`);
    await waitFor(() => expect(screen.getAllByTestId("setup-line").map((line) => line.dataset["verdict"])).toEqual(["new", "invalid"]));
    expect(screen.getByTestId("setup-left").textContent).toContain("1 ligne à corriger");
    await user.keyboard("{Control>}{Enter}{/Control}");
    await screen.findByTestId("sign-out");
    expect(calls("addProcesses")).toEqual([["custom-3", `Agence en ligne;${UUID}\nsans identifiant`]]);
  });

  it("keeps what was typed when the secret is wrong, says what is doubtful, and goes back to the field", async () => {
    const desk = open(FIRST);
    const { user, calls } = desk;
    await toAccount(desk);
    await user.type(screen.getByTestId("setup-password"), "faux{Enter}");
    const result = await screen.findByTestId("test-result");
    expect(result.textContent).toContain("ID360 ne dit pas lequel");
    expect(screen.getByTestId("proof-host").dataset["proof"]).toBe("good");
    expect(screen.getByTestId("proof-account").dataset["proof"]).toBe("doubtful");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("setup-password")));
    expect(screen.getByTestId("setup-username")).toHaveProperty("value", "agence-12");
    expect(screen.getByTestId("setup-password")).toHaveProperty("value", "faux");
    expect(screen.queryByTestId("setup-next")).toBeNull();
    expect(calls("testAccount")).toHaveLength(1);
    await user.type(screen.getByTestId("setup-password"), "un secret{Enter}");
    await screen.findByTestId("setup-reach");
  });

  it("blames the address alone when nobody answers there", async () => {
    const desk = open({ ...FIRST, finding: "host_silent" });
    await toAccount(desk);
    await desk.user.type(screen.getByTestId("setup-password"), "un secret{Enter}");
    expect((await screen.findByTestId("test-result")).textContent).toContain("preprod.id360docaposte.com ne répond pas");
    expect(screen.getByTestId("proof-account").dataset["proof"]).toBe("open");
    await click(desk.user, "setup-back");
    await click(desk.user, "setup-env-production");
    await click(desk.user, "setup-next");
    expect(await screen.findByTestId("setup-password")).toHaveProperty("value", "un secret");
    expect(screen.getByTestId("setup-username")).toHaveProperty("value", "agence-12");
  });

  it("never says of another environment what a test found that was left behind", async () => {
    const { desk, answer } = await testing();
    await click(desk.user, "setup-back");
    await click(desk.user, "setup-env-production");
    await click(desk.user, "setup-next");
    await screen.findByTestId("setup-password");
    await answer();
    expect(screen.queryByTestId("test-result")).toBeNull();
    expect(screen.getByTestId("setup-skip")).toBeTruthy();
    expect(screen.getByTestId("setup-password")).toHaveProperty("value", "un secret");
  });

  it("never says of another name what a test found of the one that stood there", async () => {
    const { desk, answer } = await testing();
    await desk.user.type(screen.getByTestId("setup-username"), "3");
    await answer();
    expect(screen.queryByTestId("test-result")).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId("setup-username"));
  });

  it("stays closed when the answer of a test comes after it was closed", async () => {
    const { desk, answer } = await testing();
    await click(desk.user, "setup-later");
    await answer();
    expect(await screen.findByTestId("sign-out")).toBeTruthy();
    expect(screen.queryByTestId("setup-later")).toBeNull();
  });

  it("asks a user for the code", async () => {
    const desk = open({ ...FIRST, finding: "code" });
    await toAccount(desk);
    await click(desk.user, "setup-account-user");
    await desk.user.type(screen.getByTestId("setup-password"), "un secret{Enter}");
    expect(desk.calls("testAccount")).toEqual([]);
    await desk.user.type(screen.getByTestId("setup-code"), "123 456{Enter}");
    await screen.findByTestId("test-result");
    expect(desk.calls("testAccount")[0]?.[0]).toMatchObject({ account: "user", code: "123456" });
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("setup-code")));
  });

  it("shows a line to paste in the language of the window", async () => {
    const desk = open(FIRST);
    await toAccount(desk);
    await click(desk.user, "setup-skip");
    expect(await screen.findByText(/^Agence en ligne;0/)).toBeTruthy();
    await click(desk.user, "language-en");
    expect(await screen.findByText(/^Online branch;0/)).toBeTruthy();
  });

  it("never promises that a process exists", async () => {
    const desk = open(FIRST);
    await toAccount(desk);
    await click(desk.user, "setup-skip");
    expect(await screen.findByText(/ID360 ne publie aucun appel qui lise un parcours/)).toBeTruthy();
  });

  it("keeps what was typed through a lock of the desk", async () => {
    const desk = open({}, "/settings?tab=display");
    await click(desk.user, "open-setup");
    await click(desk.user, "setup-env-production");
    await click(desk.user, "setup-next");
    await desk.user.clear(await screen.findByTestId("setup-username"));
    await desk.user.type(screen.getByTestId("setup-username"), "agence-99");
    await desk.backend.lock();
    await screen.findByTestId("lock-screen");
    await desk.backend.unlock(null);
    expect(await screen.findByTestId("setup-username")).toHaveProperty("value", "agence-99");
  });

  it("wants an address before it goes on", async () => {
    const { user, calls } = open(FIRST);
    await click(user, "setup-env-other");
    await click(user, "setup-next");
    expect(document.activeElement).toBe(screen.getByTestId("setup-address"));
    expect(calls("saveEnvironment")).toEqual([]);
  });
});
