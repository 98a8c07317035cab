import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import { useRemember, useSession } from "../backend/queries";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useMessages } from "../i18n/language";
import { ActButton } from "./acts/ActButton";
import "./RevealNames.css";

/** Beside rows of several dossiers, whose names the desk masks: shows them whole, and masks them again. */
export function RevealNames() {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const names = useSession().data?.names ?? "whole";
  const { run, running, error, clear } = useAct(async (_intent, wanted: boolean) => remember.session(await backend.revealNames(wanted)));
  if (names === "whole") return null;
  const revealed = names === "revealed";
  return (
    <>
      <ActButton act="reveal-names" small icon="eye" aria-pressed={revealed} onPress={() => void run(!revealed)} isPending={running} data-testid="reveal-names">
        {revealed ? m.names_mask() : m.names_reveal()}
      </ActButton>
      {error && (
        <div className="names-refused">
          <ErrorBlock error={error} onDismiss={clear} />
        </div>
      )}
    </>
  );
}
