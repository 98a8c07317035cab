import { useState } from "react";
import { useBackend } from "../../backend/context";
import type { DossierView } from "../../backend/generated/DossierView";
import { Icon } from "../../design/components/Icon";
import { letGo } from "../../design/let-go";
import { useMessages } from "../../i18n/language";
import { documentStatusWord } from "../../i18n/report-words";
import { documentWord, isVideo, sideWord, type Leaf } from "./pages";

interface ThumbnailsProps {
  dossier: DossierView;
  leaves: Leaf[];
  shown: Leaf[];
  /** The pages in view go first: the small pictures wait until those are there. */
  ready: boolean;
  onShow: (leaf: Leaf) => void;
}

export function Thumbnails({ dossier, leaves, shown, ready, onShow }: ThumbnailsProps) {
  const m = useMessages();
  return (
    <nav className="thumbnails" aria-label={m.documents_list()}>
      <ul>
        {leaves.map((leaf) => (
          <li key={leaf.key}>
            <button type="button" className="thumbnail" aria-current={shown.some(({ key }) => key === leaf.key)} onClick={() => onShow(leaf)} data-testid="thumbnail">
              {ready && !isVideo(leaf) ? <Small dossier={dossier} leaf={leaf} /> : <Blank />}
              <span className="thumbnail-words">
                <span>{documentWord(m, leaf)}</span>
                <span className="faint">{[sideWord(m, leaf), leaf.status && documentStatusWord(leaf.status)].filter(Boolean).join(" · ")}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Decoration: the words beside it name the page. */
function Small({ dossier, leaf }: { dossier: DossierView; leaf: Leaf }) {
  const backend = useBackend();
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  if (state === "failed") return <Blank />;
  const { document_id, page_number } = leaf.page;
  return (
    <span className="thumbnail-frame">
      <img
        ref={letGo}
        src={backend.pageUrl(dossier.row.id, document_id, page_number, leaf.sheet, "thumbnail", 0)}
        alt=""
        loading="lazy"
        className={state === "shown" ? undefined : "pane-image-waiting"}
        onLoad={() => setState("shown")}
        onError={() => setState("failed")}
        data-testid="thumbnail-image"
        data-state={state}
      />
    </span>
  );
}

function Blank() {
  return (
    <span className="thumbnail-frame">
      <Icon name="image" />
    </span>
  );
}
