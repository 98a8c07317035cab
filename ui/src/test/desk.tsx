import { createMemoryHistory } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Desk } from "../app/Desk";
import { fakeBackend, type FakeBackend } from "../backend/fake";
import { PLAIN, type Scenario } from "../backend/fake/scenario";
import type { Backend } from "../backend/backend";
import { newQueryClient } from "../backend/queries";

/** The id of the n-th dossier of the fake: 0 KO, 1 OK, 2 STARTED, 3 NEW, 5 unknown, 14 refused, 15 ready. */
export function dossierId(index: number): string {
  return `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`;
}

/** The whole window on a fake backend, at one place. */
export function open(change: Partial<Scenario> = {}, place = "/", prepare?: (backend: FakeBackend) => void) {
  const backend = fakeBackend({ ...PLAIN, ...change });
  prepare?.(backend);
  const history = createMemoryHistory({ initialEntries: [place] });
  const user = userEvent.setup();
  const { container } = render(<Desk backend={backend} client={newQueryClient()} history={history} />);
  const calls = (method: keyof Backend) => backend.control.calls.filter((call) => call.method === method).map(({ args }) => args);
  return { backend, calls, container, history, user };
}

export async function click(user: ReturnType<typeof userEvent.setup>, testId: string): Promise<void> {
  await user.click(await screen.findByTestId(testId));
}
