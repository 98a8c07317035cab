import type { ClaimTie } from "../../../backend/generated/ClaimTie";
import { useMessages } from "../../../i18n/language";
import { Mark } from "../Mark";
import { NAMED, SIGNER } from "../../../i18n/check-words";

/** The claim against the dossier it was received for. */
export function Tie({ tie }: { tie: ClaimTie }) {
  const m = useMessages();
  const named = NAMED[tie.named];
  const signer = SIGNER[tie.signer];
  return (
    <ul className="lines" aria-label={m.claim_tie()} data-testid="claim-tie">
      <li className={`line line-${named.state}`} data-testid="tie-named" data-state={tie.named}>
        <span className="line-name">{m.claim_named()}</span>
        <Mark state={named.state} />
        <div className="line-body">
          <p>{named.word()}</p>
          {tie.file && <p className="mono faint">{tie.file}</p>}
        </div>
      </li>
      <li className={`line line-${signer.state}`} data-testid="tie-signer" data-state={tie.signer}>
        <span className="line-name">{m.claim_signer()}</span>
        <Mark state={signer.state} />
        <div className="line-body">
          <p>{signer.word()}</p>
        </div>
      </li>
    </ul>
  );
}
