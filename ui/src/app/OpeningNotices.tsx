import { useId } from "react";
import { useAct } from "../backend/act";
import { useBackend } from "../backend/context";
import type { OpeningNotice } from "../backend/generated/OpeningNotice";
import { useRemember } from "../backend/queries";
import { Button } from "../design/components/Button";
import { Icon } from "../design/components/Icon";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useFormats, type Formats } from "../i18n/format";
import { useMessages, type Messages } from "../i18n/language";
import { useFallenFocus } from "./focus";
import { ListLink } from "./ListLink";
import "./OpeningNotices.css";

/** What happened, what it means for the dossiers, and what to do. */
function words(m: Messages, f: Formats, notice: OpeningNotice): string {
  switch (notice.kind) {
    case "register_rebuilt": return m.opening_rebuilt({ count: notice.steps, n: f.number(notice.steps) });
    case "journal_damaged": return notice.lacking ? m.opening_journal_damaged_lacking() : m.opening_journal_damaged();
    case "journal_missing": return notice.lacking ? m.opening_journal_missing_lacking() : m.opening_journal_missing();
    case "outcomes_unknown": return m.opening_unknown({ count: notice.dossiers, n: f.number(notice.dossiers) });
    case "steps_restored": return m.opening_restored({ count: notice.steps, n: f.number(notice.steps) });
  }
}

/** What opening the register found, on every screen until somebody has read it. */
export function OpeningNotices({ notices }: { notices: OpeningNotice[] }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const remember = useRemember();
  const title = useId();
  const dismiss = useAct(async () => remember.session(await backend.dismissOpening()));
  useFallenFocus(() => document.getElementById("content"), notices.length);
  if (notices.length === 0) return null;
  const calm = notices.every(({ kind }) => kind === "steps_restored");
  return (
    <section className={calm ? "opening" : "opening opening-attention"} aria-labelledby={title} data-testid="opening-notices">
      <div className="opening-words" role="status">
        <h2 id={title}>{m.opening_title()}</h2>
        <ul>
          {notices.map((notice) => (
            <li key={notice.kind} className="opening-notice" data-testid={`opening-${notice.kind}`}>
              <Icon name={notice.kind === "steps_restored" ? "info" : "warning"} />
              <span>
                {words(m, f, notice)}
                {notice.kind === "outcomes_unknown" && (
                  <>
                    {" "}
                    <ListLink view="unknown" filters={notice.filters} testId="opening-unknown-see">
                      {m.opening_unknown_see()}
                    </ListLink>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Button small onPress={() => void dismiss.run()} isPending={dismiss.running} data-testid="dismiss-opening">
        {m.opening_dismiss()}
      </Button>
      {dismiss.error && (
        <div className="opening-refused">
          <ErrorBlock error={dismiss.error} onDismiss={dismiss.clear} />
        </div>
      )}
    </section>
  );
}
