import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useSameReference } from "../../backend/queries";
import { Callout } from "../../design/components/Callout";
import { StatusPill } from "../../design/components/StatusPill";
import { useFormats } from "../../i18n/format";
import { useMessages } from "../../i18n/language";

/** Between two keys nobody wants an answer. */
const REST = 300;

function useAtRest(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

/** Says that a reference was used before, and by which dossiers: a further one is allowed, and rarely meant. */
export function EarlierDossiers({ reference }: { reference: string }) {
  const m = useMessages();
  const f = useFormats();
  const typed = reference.trim();
  const rested = useAtRest(typed);
  const found = useSameReference(rested);
  const asked = rested === typed && rested !== "";
  const earlier = asked ? (found.data ?? []) : [];
  return (
    <div role="status" className="form-wide">
      {asked && found.error && (
        <Callout tone="attention" data-testid="same-reference-unread">
          <p>{m.new_same_reference_unread({ reference: rested })}</p>
        </Callout>
      )}
      {earlier.length > 0 && (
        <Callout tone="attention" data-testid="same-reference">
          <p>{m.new_same_reference({ reference: rested })}</p>
          <ul className="earlier">
            {earlier.map((row) => (
              <li key={row.id}>
                <Link to="/dossiers/$id" params={{ id: row.id }} data-testid="earlier-dossier">
                  {row.enrollment_id ?? row.reference}
                </Link>
                <StatusPill creation={row.creation} status={row.status} />
                <span>{[row.last_name, row.first_name].filter(Boolean).join(" ")}</span>
                <time className="faint" dateTime={row.created_at}>
                  {f.dateTime(row.created_at)}
                </time>
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </div>
  );
}
