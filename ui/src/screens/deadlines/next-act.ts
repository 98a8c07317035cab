import { useNavigate } from "@tanstack/react-router";
import { useSignInWish } from "../../app/sign-in-wish";
import { useAct, type Act } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { RadarCard } from "../../backend/generated/RadarCard";
import { useRemember, useSession } from "../../backend/queries";
import { useMessages } from "../../i18n/language";
import { dossierName } from "../dossier/names";
import { useCaptureActs } from "../evidence/capture-acts";

/** What an act came to, in a sentence; `null` when there is nothing to say. */
export type Settled = string | null;

/** Does the one thing that Rust proposes for a card. */
export function useNextAct({ row, next }: RadarCard, onSettled: (words: Settled) => Promise<void>): Act<[], void> {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const navigate = useNavigate();
  const wish = useSignInWish();
  const session = useSession();
  const captures = useCaptureActs();
  const name = dossierName(m, row);

  const leaveFor = async (environmentId: string, account: "user" | null) => {
    wish.set(environmentId, account);
    remember.session(await backend.signOut());
  };
  return useAct(async () => {
    switch (next.kind) {
      case "keep_report": {
        const dossier = await backend.refreshDossier(row.id);
        remember.dossier(dossier);
        return onSettled(dossier.report ? m.next_report_kept({ name }) : m.next_report_not_there({ name }));
      }
      case "capture":
        await captures.one(row.id, name);
        return onSettled(null);
      case "sign_in":
        return leaveFor(next.environment_id, null);
      case "sign_in_as_user":
        return leaveFor(session.data?.current?.environment_id ?? row.environment_id, "user");
      case "look":
        return navigate({ to: "/dossiers/$id", params: { id: row.id } });
    }
  });
}
