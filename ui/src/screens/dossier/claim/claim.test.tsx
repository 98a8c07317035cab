import { screen, waitFor } from "@testing-library/react";
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
