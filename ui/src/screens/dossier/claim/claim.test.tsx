import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { click, dossierId, open } from "../../../test/desk";

it("the verdict on a claim is told by its headline alone", async () => {
  const { user } = open({}, `/dossiers/${dossierId(1)}?tab=claim`);
  await screen.findByTestId("judge-claim");
  const said = screen.getByTestId("claim-said");
  expect(said.textContent).toBe("");
  await click(user, "judge-claim");
  const verdict = await screen.findByTestId("verdict");
  await waitFor(() => expect(said.textContent).toBe(verdict.querySelector(".verdict-word")?.textContent));
  expect(verdict.closest("[aria-live], [role=status], [role=alert]")).toBeNull();
});

it("the verdict on a claim is told in the dock, with the dossier's name, to who has left meanwhile", async () => {
  let arrive: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (arrive = resolve));
  const { user, history } = open({}, `/dossiers/${dossierId(1)}?tab=claim`, (backend) => {
    const judge = backend.judgeClaim.bind(backend);
    backend.judgeClaim = async (intentId, id) => {
      await held;
      return judge(intentId, id);
    };
  });
  await click(user, "judge-claim");
  expect((await screen.findByTestId("long-act")).textContent).toContain("REF-1001");
  act(() => history.push(`/dossiers/${dossierId(0)}`));
  await waitFor(() => expect(screen.queryByTestId("judge-claim")).toBeNull());
  arrive();
  await waitFor(() => expect(screen.getByTestId("long-act").dataset["state"]).toBe("done"));
  expect(screen.getByTestId("long-act").textContent).toMatch(/Preuve signée de REF-1001.*signature correcte/);
  expect(within(screen.getByTestId("long-act")).getByTestId("tie-named").dataset["state"]).toBe("number");
});
