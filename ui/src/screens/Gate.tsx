import type { ReactNode } from "react";
import { LanguageSwitch } from "../design/components/LanguageSwitch";
import { useDeskKeys } from "../app/acts/registry";
import { useTextSize } from "../app/text-size";
import type { EnvironmentKind } from "../backend/generated/EnvironmentKind";
import { useMessages } from "../i18n/language";
import "./gate.css";

/** The page before a session is open: product name, language, one panel. */
export function Gate({ kind, narrow, wide, banner, acts, foot, children }: { kind?: EnvironmentKind; narrow?: boolean; wide?: boolean; banner?: ReactNode; acts?: ReactNode; foot?: ReactNode; children: ReactNode }) {
  const m = useMessages();
  useDeskKeys(true);
  useTextSize();
  return (
    <div className={kind ? `gate environment-${kind}` : "gate"}>
      {banner}
      <header className="gate-bar">
        <span className="gate-product">{m.product_name()}</span>
        <div className="gate-acts">
          {acts}
          <LanguageSwitch />
        </div>
      </header>
      <main className={narrow ? "gate-panel gate-panel-narrow" : wide ? "gate-panel gate-panel-wide" : "gate-panel"}>{children}</main>
      {foot}
    </div>
  );
}
