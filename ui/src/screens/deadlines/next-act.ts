import { useNavigate } from "@tanstack/react-router";
import { useAccountsDoor } from "../../app/accounts/door";
import { useSignInWish } from "../../app/sign-in-wish";
import { useAct, type Act } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { RadarCard } from "../../backend/generated/RadarCard";
import { useRemember } from "../../backend/queries";
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
  const accounts = useAccountsDoor();
  const captures = useCaptureActs();
  const name = dossierName(m, row);

  const leaveFor = async (environmentId: string) => {
    wish.set(environmentId);
    remember.session(await backend.signOut());
  };
  return useAct(async () => {
    switch (next.kind) {
      case "keep_report": {
        const dossier = await backend.refreshDossier(row.id);
        remember.dossier(dossier);
        // A draft of before is no report that proves anything.
        return onSettled(dossier.report && dossier.report.kind !== "draft" ? m.next_report_kept({ name }) : m.next_report_not_there({ name }));
      }
      case "capture":
        await captures.one(row.id, name);
        return onSettled(null);
      case "sign_in":
        return leaveFor(next.environment_id);
      case "sign_in_as_user":
        return accounts?.("user");
      case "look":
        return navigate({ to: "/dossiers/$id", params: { id: row.id } });
    }
  });
}
