import { useNavigate } from "@tanstack/react-router";
import { useLongAct } from "../../app/long-acts/use-long-act";
import { useSignInWish } from "../../app/sign-in-wish";
import { useAct, type Act } from "../../backend/act";
import { useBackend } from "../../backend/context";
import type { RadarCard } from "../../backend/generated/RadarCard";
import type { SaveOutcome } from "../../backend/generated/SaveOutcome";
import { useRemember, useSession } from "../../backend/queries";
import { useMessages, type Messages } from "../../i18n/language";
import { dossierName } from "../dossier/names";

/** What an act came to, in a sentence; `null` when there is nothing to say. */
export type Settled = string | null;

/** Nothing when the person closed the system's dialog. */
function savedWords(m: Messages, name: string, outcome: SaveOutcome | null): string | null {
  if (!outcome) return null;
  const failed = outcome.failed.length;
  if (failed > 0) return m.next_documents_failed({ count: failed, files: failed, name });
  return m.next_documents_saved({ count: outcome.files.length, files: outcome.files.length, folder: outcome.folder, name });
}

/** Does the one thing that Rust proposes for a card. */
export function useNextAct({ row, next }: RadarCard, onSettled: (words: Settled) => Promise<void>): Act<[], void> {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const navigate = useNavigate();
  const wish = useSignInWish();
  const session = useSession();
  const long = useLongAct();
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
      case "save_documents":
        await long.run(
          { title: () => m.next_saving({ name }), outcome: (outcome: SaveOutcome | null) => savedWords(m, name, outcome) },
          (id) => backend.saveEvidence(id, row.id, "all_documents"),
        );
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
