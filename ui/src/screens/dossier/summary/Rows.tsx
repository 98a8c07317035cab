import { Icon } from "../../../design/components/Icon";

export interface RowEntry {
  term: string;
  value: string | null;
  note?: string | null;
  /** The note wants attention. */
  warn?: boolean;
  /** The term is an API word. */
  mono?: boolean;
}

/** Terms and values; empty values are left out. */
export function Rows({ rows }: { rows: RowEntry[] }) {
  return (
    <dl className="rows">
      {rows.map(({ term, value, note, warn, mono }, index) =>
        value === null || value === "" ? null : (
          <div key={`${term} ${index}`}>
            <dt className={mono ? "mono" : undefined}>{term}</dt>
            <dd>
              <span className="rows-value">{value}</span>
              {note && (
                <span className={warn === false || warn === undefined ? "rows-note" : "rows-note rows-note-warn"}>
                  {warn && <Icon name="warning" size={12} />} {note}
                </span>
              )}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
