import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ActButton } from "../../../app/acts/ActButton";
import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { KeychainState } from "../../../backend/generated/KeychainState";
import type { StoreView } from "../../../backend/generated/StoreView";
import { useSession } from "../../../backend/queries";
import { STORE, useStore } from "../../../backend/register-queries";
import { Section } from "../../../design/components/Section";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useFormats } from "../../../i18n/format";
import { useMessages, type Messages } from "../../../i18n/language";
import { Confirm } from "../../dossier/Confirm";
import { Backups } from "./Backups";
import { ClipboardSeconds } from "./ClipboardSeconds";
import { LockMinutes } from "./LockMinutes";
import { MaskNames } from "./MaskNames";
import { PlayVideos } from "./PlayVideos";
import "./Store.css";

const KEY: Record<KeychainState, (m: Messages) => string> = {
  available: (m) => m.store_key_available(),
  missing: (m) => m.store_key_missing(),
  locked: (m) => m.store_key_locked(),
  refusing: (m) => m.store_key_refusing(),
};

/** The register's copies, its file and its key, and what keeps it from other eyes. */
export function RegisterTab() {
  const m = useMessages();
  const store = useStore();
  if (store.error && !store.data) return <ErrorBlock error={store.error} acts={{ retry: () => void store.refetch() }} />;
  if (!store.data) {
    return (
      <p className="soft" role="status">
        {m.store_loading()}
      </p>
    );
  }
  return (
    <>
      <Backups store={store.data} />
      <File store={store.data} />
      <LockMinutes />
      <MaskNames />
      <PlayVideos />
      <ClipboardSeconds />
    </>
  );
}

function File({ store }: { store: StoreView }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const client = useQueryClient();
  const session = useSession();
  const { run, running } = useLongAct();
  const [asking, setAsking] = useState(false);
  const renew = async () => {
    setAsking(false);
    const kept = await run({ title: () => m.store_renew_running(), outcome: () => m.store_renew_done() }, (intentId) => backend.renewRegisterKey(intentId));
    if (kept) client.setQueryData(STORE, kept);
  };
  return (
    <Section title={m.store_file()}>
      <dl className="rows">
        <div>
          <dt>{m.store_size()}</dt>
          <dd data-testid="store-size">{f.bytes(store.size)}</dd>
        </div>
        <div>
          <dt>{m.store_key()}</dt>
          <dd>{session.data && KEY[session.data.keychain](m)}</dd>
        </div>
      </dl>
      <div className="gate-acts">
        <ActButton act="renew-key" onPress={() => setAsking(true)} isPending={running} data-testid="renew-key">
          {m.store_renew()}
        </ActButton>
        <span className="faint">{m.store_renew_note()}</span>
      </div>
      <Confirm open={asking} title={m.store_renew_title()} lead={m.store_renew_lead()} act={m.store_renew_act()} onClose={() => setAsking(false)} onConfirm={() => void renew()} />
    </Section>
  );
}
