import type { PackOutcome } from "../../backend/generated/PackOutcome";
import { CopyButton } from "../../design/components/CopyButton";
import { PACK_MISSING_REASON } from "../../i18n/evidence-words";
import type { Formats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";

/** Which file, where, how much of it, and whether something is missing. */
export function packWords(m: Messages, f: Formats, { file_name: file, folder, pieces, missing, size, dossiers }: PackOutcome): string {
  const facts = { file, folder, n: f.number(pieces), size: f.bytes(size) };
  const made = missing > 0 ? m.proofs_pack_incomplete({ ...facts, count: missing }) : m.proofs_pack_done({ ...facts, count: pieces });
  return dossiers > 1 ? `${made} ${m.proofs_pack_dossiers({ count: dossiers })}` : made;
}

/** What whoever receives the pack may ask for: the key it is signed with, and what it lacks. */
export function PackDetail({ outcome }: { outcome: PackOutcome }) {
  const m = useMessages();
  const { fingerprint, missing_pieces: missing } = outcome;
  return (
    <div className="pack-detail" data-testid="pack-made" data-missing={outcome.missing}>
      <p className="pack-key">
        <span className="soft">{m.proofs_pack_key()}</span> <span className="mono">{fingerprint}</span>
        <CopyButton text={fingerprint} label={m.proofs_pack_key_copy()} />
      </p>
      {missing.length > 0 && (
        <details>
          <summary>{m.proofs_pack_lacking()}</summary>
          <ul className="failures" data-testid="pack-lacking">
            {missing.map(({ dossier_id: id, label, name, reason }) => (
              <li key={`${id} ${name}`}>
                <strong>{label}</strong> <span className="mono">{name}</span> – {PACK_MISSING_REASON[reason]()}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
