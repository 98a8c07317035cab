import { useLongAct } from "../../../app/long-acts/use-long-act";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { Integrity } from "../../../backend/generated/Integrity";
import type { PieceView } from "../../../backend/generated/PieceView";
import type { SaveOutcome } from "../../../backend/generated/SaveOutcome";
import { Button } from "../../../design/components/Button";
import { CopyButton } from "../../../design/components/CopyButton";
import { Icon, type IconName } from "../../../design/components/Icon";
import { INTEGRITY, MD5_AGREEMENT } from "../../../i18n/evidence-words";
import { useFormats } from "../../../i18n/format";
import { useMessages } from "../../../i18n/language";
import { pieceName } from "./pieces";
import "../../../design/components/PlainTable.css";

const MARK: Record<Integrity, IconName> = { whole: "check", missing: "close", altered: "warning", unreadable: "stop" };

/** Asks ID360 once more for what is damaged, or is not what the report states. */
export interface Again {
  run: () => void;
  isDisabled: boolean;
  isPending: boolean;
}

/** Every captured piece with what proves it. */
export function Pieces({ dossier, pieces, again }: { dossier: DossierView; pieces: PieceView[]; again: Again }) {
  const m = useMessages();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
    <div className="plain-table-scroller" tabIndex={0} role="group" aria-label={m.proofs_pieces()}>
      <table className="plain-table pieces">
        <thead>
          <tr>
            <th scope="col">{m.proofs_column_piece()}</th>
            <th scope="col">{m.proofs_column_digest()}</th>
            <th scope="col">{m.proofs_column_source()}</th>
            <th scope="col">{m.proofs_column_integrity()}</th>
            <th scope="col">
              <span className="visually-hidden">{m.proofs_column_act()}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pieces.map((piece) => (
            <Piece key={piece.id} dossier={dossier} piece={piece} again={again} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Piece({ dossier, piece, again }: { dossier: DossierView; piece: PieceView; again: Again }) {
  const m = useMessages();
  const f = useFormats();
  const backend = useBackend();
  const { run, running } = useLongAct();
  const name = pieceName(m, dossier, piece);
  const save = () =>
    void run(
      {
        title: () => m.proofs_save_title({ piece: name }),
        outcome: (saved: SaveOutcome | null) => saved && saved.files.map((file) => m.proofs_save_done({ file: file.name, folder: saved.folder, size: f.bytes(file.size) })).join(" "),
      },
      (intentId) => backend.savePiece(intentId, dossier.row.id, piece.id),
    );
  return (
    <tr data-testid="piece" data-kind={piece.kind} data-integrity={piece.integrity}>
      <th scope="row">
        {name}
        <span className="piece-note faint">
          {piece.document && <span className="mono">{piece.document}</span>} {piece.media_type} · {f.bytes(piece.size)}
        </span>
      </th>
      <td>
        <span className="piece-digest">
          <span className="mono" data-testid="piece-sha256">
            {piece.sha256}
          </span>
          <CopyButton text={piece.sha256} label={m.proofs_copy_sha256({ piece: name })} />
        </span>
        <span className={piece.hash === "differs" ? "piece-note piece-warn" : "piece-note faint"}>
          {piece.hash === "differs" && <Icon name="warning" size={12} />} {MD5_AGREEMENT[piece.hash]()}
        </span>
        {(piece.hash === "differs" || piece.integrity !== "whole") && (
          <Button small icon="refresh" onPress={again.run} isDisabled={again.isDisabled} isPending={again.isPending} aria-label={m.proofs_again_piece({ piece: name })} data-testid="fetch-again">
            {m.proofs_again()}
          </Button>
        )}
      </td>
      <td>
        <span className="mono piece-call">{piece.call}</span>
        <time className="piece-note faint" dateTime={piece.fetched_at} title={f.fullDateTime(piece.fetched_at)}>
          {f.dateTime(piece.fetched_at)}
        </time>
      </td>
      <td>
        <span className={piece.integrity === "whole" ? "piece-integrity piece-whole" : "piece-integrity piece-bad"}>
          <Icon name={MARK[piece.integrity]} size={14} /> {INTEGRITY[piece.integrity]()}
        </span>
        <span className="piece-note faint">{piece.verified_at ? m.proofs_verified_at({ date: f.dateTime(piece.verified_at) }) : m.proofs_not_verified()}</span>
      </td>
      <td>
        <Button small icon="save" iconOnly onPress={save} isDisabled={piece.integrity !== "whole"} isPending={running} data-testid="save-piece">
          {m.proofs_save_piece({ piece: name })}
        </Button>
      </td>
    </tr>
  );
}
