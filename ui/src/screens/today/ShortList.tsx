import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { DossierRow } from "../../backend/generated/DossierRow";
import { Section } from "../../design/components/Section";
import { StatusPill } from "../../design/components/StatusPill";
import { useMessages } from "../../i18n/language";
import { dossierName } from "../dossier/names";

interface ShortListProps {
  title: string;
  rows: DossierRow[];
  /** Said when there is none. */
  none: string;
  when: (row: DossierRow) => string;
  more?: ReactNode;
  testId: string;
}

/** A few dossiers, one line each. */
export function ShortList({ title, rows, none, when, more, testId }: ShortListProps) {
  const m = useMessages();
  return (
    <Section title={title}>
      {rows.length === 0 ? (
        <p className="soft">{none}</p>
      ) : (
        <ul className="short" data-testid={testId}>
          {rows.map((row) => (
            <li key={row.id} className="short-row">
              <StatusPill creation={row.creation} status={row.status} />
              <span className="short-what">
                <Link to="/dossiers/$id" params={{ id: row.id }}>
                  {dossierName(m, row)}
                </Link>{" "}
                <span className="soft">{[row.last_name, row.first_name].filter(Boolean).join(" ")}</span>
              </span>
              <span className="faint short-when">{when(row)}</span>
            </li>
          ))}
        </ul>
      )}
      {more}
    </Section>
  );
}
