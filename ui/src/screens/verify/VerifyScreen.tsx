import { useEffect, useRef } from "react";
import { ActButton } from "../../app/acts/ActButton";
import { useFileCheck, useFileChecks } from "../../app/file-checks";
import { useTitle } from "../../app/title";
import { useSession } from "../../backend/queries";
import { Icon } from "../../design/components/Icon";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { CheckResult } from "./CheckResult";
import { TrustPanel } from "./trust/TrustPanel";
import "./Verify.css";

/** A file from anywhere, judged: evidence packs and signed containers. Needs no session and no register. */
export function VerifyScreen() {
  const m = useMessages();
  const f = useFormats();
  const checks = useFileChecks();
  const session = useSession();
  const { check, running } = useFileCheck();
  const result = useRef<HTMLHeadingElement>(null);
  useTitle(m.verify_title());
  const checkId = check?.check_id;
  const shown = useRef(checkId);
  useEffect(() => {
    // A new verdict is read out; coming back to an old one leaves the focus alone.
    if (checkId && shown.current !== checkId) result.current?.focus();
    shown.current = checkId;
  }, [checkId]);

  return (
    <div className="verify">
      <div className="verify-head">
        <h1>{m.verify_title()}</h1>
        <p className="soft">{m.verify_lead()}</p>
      </div>
      <div className={check ? "drop drop-small" : "drop"} data-testid="drop-zone">
        <Icon name="import" size={check ? 18 : 28} />
        <p>{m.verify_drop()}</p>
        <ActButton act="choose-file" look={check ? "secondary" : "primary"} onPress={() => void checks.choose()} isPending={running} data-testid="choose-file">
          {m.verify_choose()}
        </ActButton>
      </div>
      {check && (
        <section className="verify-result" aria-labelledby="checked-file" data-testid="check" data-kind={check.found.kind}>
          <div className="verify-file">
            <h2 id="checked-file" ref={result} tabIndex={-1}>
              {check.file_name}
            </h2>
            <span className="faint">{m.verify_file_facts({ size: f.bytes(check.size), at: f.dateTime(check.checked_at) })}</span>
          </div>
          {/* Drawn anew for each file: of one that names a file twice, a line would stay. */}
          <CheckResult key={check.check_id} check={check} />
        </section>
      )}
      {session.data?.register === "open" ? <TrustPanel /> : <p className="soft verify-note">{m.trust_closed()}</p>}
    </div>
  );
}
