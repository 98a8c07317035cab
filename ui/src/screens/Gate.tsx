import type { ReactNode } from "react";
import { LanguageSwitch } from "../design/components/LanguageSwitch";
import { useDeskKeys } from "../app/acts/registry";
import { useSpeaking } from "../app/speaking";
import { useTextSize } from "../app/text-size";
import type { EnvironmentKind } from "../backend/generated/EnvironmentKind";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useMessages } from "../i18n/language";
import "./gate.css";

/** The page before a session is open: product name, language, one panel. */
export function Gate({ kind, narrow, wide, banner, acts, foot, children }: { kind?: EnvironmentKind; narrow?: boolean; wide?: boolean; banner?: ReactNode; acts?: ReactNode; foot?: ReactNode; children: ReactNode }) {
  const m = useMessages();
  useDeskKeys(true);
  const textSize = useTextSize();
  const speaking = useSpeaking();
  return (
    <div className={kind ? `gate environment-${kind}` : "gate"}>
      {banner}
      <header className="gate-bar">
        <span className="gate-product">{m.product_name()}</span>
        <div className="gate-acts">
          {acts}
          <LanguageSwitch onChoose={speaking.choose} />
        </div>
      </header>
      {[speaking, textSize].map(
        ({ error, clear }, place) =>
          error && (
            <div key={place} className="gate-refused">
              <ErrorBlock error={error} onDismiss={clear} />
            </div>
          ),
      )}
      <main id="content" tabIndex={-1} className={narrow ? "gate-panel gate-panel-narrow" : wide ? "gate-panel gate-panel-wide" : "gate-panel"}>{children}</main>
      {foot}
    </div>
  );
}
