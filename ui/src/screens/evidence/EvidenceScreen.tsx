import { useEffect, useRef, useState, type RefObject } from "react";
import { useFallenFocus } from "../../app/focus";
import { useTitle } from "../../app/title";
import type { CapturePage } from "../../backend/generated/CapturePage";
import { useCaptures } from "../../backend/register-queries";
import { Button } from "../../design/components/Button";
import { Icon } from "../../design/components/Icon";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";
import { Activity } from "./Activity";
import { CaptureTable } from "./CaptureTable";
import { ChosenBar } from "./ChosenBar";
import { Filters } from "./Filters";
import type { CapturePlace } from "./place";
import { Verification } from "./Verification";
import "./Evidence.css";

const PAGE = 100;

/** What is kept of what ID360 deletes: the queue of captures, its troubles, and whether the files are still whole. */
export function EvidenceScreen({ place, onMove }: { place: CapturePlace; onMove: (place: CapturePlace) => void }) {
  const m = useMessages();
  const page = useCaptures(place.state, place.page * PAGE, PAGE);
  useTitle(m.proofs_title());
  const heading = useRef<HTMLHeadingElement>(null);
  // The queue empties pages while they are looked at.
  const last = page.data && !page.isPlaceholderData ? Math.max(0, Math.ceil(page.data.total / PAGE) - 1) : null;
  useEffect(() => {
    if (last !== null && place.page > last) onMove({ ...place, page: last });
  }, [last, place, onMove]);
  return (
    <div className="captures">
      <div className="captures-head">
        <h1 ref={heading} tabIndex={-1}>
          {m.proofs_title()}
        </h1>
        <p className="soft">{m.proofs_lead()}</p>
      </div>
      {page.error && !page.data && (
        <section className="captures-state" data-testid="captures-state" data-state="error">
          <h2>{m.proofs_error_title()}</h2>
          <ErrorBlock error={page.error} acts={{ retry: () => void page.refetch() }} />
        </section>
      )}
      {!page.data && !page.error && (
        <p className="captures-state soft" role="status" data-testid="captures-state" data-state="loading">
          <Icon name="clock" /> {m.proofs_loading()}
        </p>
      )}
      {page.data && <Whole page={page.data} place={place} headingRef={heading} onMove={onMove} />}
    </div>
  );
}

interface WholeProps {
  /** With where its rows begin. */
  page: CapturePage & { offset: number };
  place: CapturePlace;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onMove: (place: CapturePlace) => void;
}

function Whole({ page, place, headingRef, onMove }: WholeProps) {
  const m = useMessages();
  const f = useFormats();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [state, setState] = useState(place.state);
  if (state !== place.state) {
    setState(place.state);
    // Nothing out of sight stays chosen.
    setChosen(new Set());
  }
  // A capture that ends takes its button along, and a choice that is let go of takes its bar.
  useFallenFocus(() => headingRef.current, page);
  useFallenFocus(() => headingRef.current, chosen);
  const { rows, total, offset } = page;
  const empty = total === 0 && place.state === "all";
  return (
    <>
      <div className="captures-marks">
        <Activity page={page} />
        <Verification verification={page.verification} onDamaged={() => onMove({ state: "damaged", page: 0 })} />
      </div>
      <Filters counts={page.counts} state={place.state} onState={(state) => onMove({ state, page: 0 })} />
      {total === 0 && (
        <section className="captures-state" data-testid="captures-state" data-state={empty ? "empty" : "nothing"}>
          <Icon name="seal" size={28} />
          <h2>{empty ? m.proofs_empty_title() : m.proofs_nothing_title()}</h2>
          <p className="soft">{empty ? m.proofs_empty_lead() : m.proofs_nothing_lead()}</p>
          {!empty && <Button onPress={() => onMove({ state: "all", page: 0 })}>{m.proofs_show_all()}</Button>}
        </section>
      )}
      {total > 0 && (
        <>
          <CaptureTable rows={rows} chosen={chosen} onChosen={setChosen} />
          <ChosenBar chosen={chosen} onClear={() => setChosen(new Set())} />
          <nav className="captures-pages" aria-label={m.proofs_pages()}>
            <span role="status" className="soft" data-testid="captures-count">
              {m.proofs_page_of({ first: f.number(offset + 1), last: f.number(Math.min(offset + PAGE, total)), all: f.number(total) })}
            </span>
            <Button small icon="back" isDisabled={place.page === 0} onPress={() => onMove({ ...place, page: place.page - 1 })} data-testid="captures-before">
              {m.journal_page_before()}
            </Button>
            <Button small isDisabled={(place.page + 1) * PAGE >= total} onPress={() => onMove({ ...place, page: place.page + 1 })} data-testid="captures-after">
              {m.journal_page_after()}
            </Button>
          </nav>
        </>
      )}
    </>
  );
}
