import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { click, dossierId, open } from "../../../test/desk";

/** NEW, its name accepted and locked. */
const NEW = `/dossiers/${dossierId(3)}`;

describe("data to compare", () => {
  it("are sent on a press, and what became of each is said", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "push-add");
    expect(screen.getByTestId<HTMLInputElement>("expected-name").value, "what is locked is not offered").toBe("first_name");
    await click(user, "push-send");
    expect(await screen.findByText(/Saisissez la valeur/)).toBeTruthy();
    await user.type(screen.getByTestId("expected-value"), "Éléonore");
    await click(user, "push-send");
    await waitFor(() => expect(calls("pushData").map(([, , data]) => data)).toEqual([[{ name: "first_name", value: "Éléonore", locked: true, auto: null }]]));
    expect(await screen.findByText("Éléonore")).toBeTruthy();
    expect(screen.queryByTestId("expected-value")).toBeNull();
  });

  it("are kept while another tab is looked at, until they are sent", async () => {
    const { user } = open({}, NEW);
    await click(user, "push-add");
    await user.type(screen.getByTestId("expected-value"), "Éléonore");
    await click(user, "tab-technical");
    await click(user, "tab-summary");
    expect(await screen.findByTestId("expected-value")).toHaveProperty("value", "Éléonore");
    await click(user, "push-send");
    await waitFor(() => expect(screen.queryByTestId("expected-value")).toBeNull());
    await click(user, "tab-technical");
    await click(user, "tab-summary");
    await screen.findByTestId("push-add");
    expect(screen.queryByTestId("expected-value")).toBeNull();
  });

  it("that are typed while others are on their way stay to be sent", async () => {
    let arrive: () => void = () => undefined;
    const { user, calls } = open({}, NEW, (backend) => {
      const push = backend.pushData.bind(backend);
      backend.pushData = async (...asked) => {
        await new Promise<void>((resolve) => (arrive = resolve));
        return push(...asked);
      };
    });
    await click(user, "push-add");
    await user.type(screen.getByTestId("expected-value"), "Éléonore");
    await click(user, "push-send");
    await waitFor(() => expect(calls("checkData")).toHaveLength(1));
    await click(user, "push-add");
    await user.type(screen.getAllByTestId("expected-value")[1] as HTMLElement, "Paris");
    arrive();
    await waitFor(() => expect(screen.getAllByTestId("expected-row")).toHaveLength(1));
    expect(screen.getByTestId("expected-value")).toHaveProperty("value", "Paris");
    expect(calls("pushData").map(([, , data]) => data)).toMatchObject([[{ value: "Éléonore" }]]);
  });

  it("leave the focus to what adds more once they are sent, or a row is removed", async () => {
    const { user } = open({}, NEW);
    await click(user, "push-add");
    await click(user, "remove-expected");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("push-add")));
    await click(user, "push-add");
    await user.type(screen.getByTestId("expected-value"), "Éléonore");
    await click(user, "push-send");
    await waitFor(() => expect(screen.queryByTestId("expected-value")).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("push-add")));
  });

  it("have their names read at ID360 only on the person's word", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "push-add");
    expect(screen.getByTestId("names-source").textContent).toContain("documentés");
    await click(user, "read-names");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("SMS");
    expect(calls("getExpectedNames")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(screen.getByTestId("names-source").textContent).toContain("lus chez ID360"));
    await user.click(within(screen.getByTestId("push-data")).getAllByRole("button", { expanded: false })[0] ?? document.body);
    expect(await screen.findByRole("option", { name: /birth_place/ })).toBeTruthy();
  });

  it("that send an SMS are confirmed first", async () => {
    const { user, calls } = open({}, NEW);
    await click(user, "push-add");
    await user.clear(screen.getByTestId("expected-name"));
    await user.type(screen.getByTestId("expected-name"), "phone_number");
    await user.type(screen.getByTestId("expected-value"), "+33639981234");
    await click(user, "push-send");
    expect((await screen.findByRole("alertdialog")).textContent).toContain("+33639981234");
    expect(calls("pushData")).toEqual([]);
    await click(user, "confirm");
    await waitFor(() => expect(calls("pushData")).toHaveLength(1));
  });
});
