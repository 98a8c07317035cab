import { useContext, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { Icon } from "../../design/components/Icon";
import { StatusPill } from "../../design/components/StatusPill";
import { useMessages } from "../../i18n/language";
import { chordWords } from "./chord";
import { usePaletteGroups, type PaletteLine } from "./palette-groups";
import { ActRegistryContext } from "./registry";
import "./Palette.css";

interface PaletteProps {
  onClose: () => void;
  onGo: (line: PaletteLine) => void;
}

/** Everything that can be done here, and every place to go, by typing. */
export function Palette({ onClose, onGo }: PaletteProps) {
  const m = useMessages();
  const field = useRef<HTMLInputElement>(null);
  // Here, above the dialog, which takes the focus for itself first.
  useEffect(() => field.current?.focus(), []);
  return (
    <ModalOverlay className="veil palette-veil" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal palette-modal">
        <Dialog className="palette" aria-label={m.palette()} data-testid="palette">
          <Finding field={field} onGo={onGo} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The combobox pattern: the focus stays in the field, and the chosen line is told by `aria-activedescendant`. */
function Finding({ field, onGo }: { field: RefObject<HTMLInputElement | null>; onGo: (line: PaletteLine) => void }) {
  const m = useMessages();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  /** Enter was pressed before the dossiers that answer to this text were here. */
  const [early, setEarly] = useState(false);
  const { groups, searching, failed } = usePaletteGroups(typed);
  const lines = groups.flatMap((group) => group.lines);
  // A line that is gone leaves the choice to the first one.
  const place = Math.max(0, lines.findIndex(({ id }) => id === chosen));
  const current = lines[place];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The first line brings its heading with it.
    if (place === 0) list.current?.scrollTo({ top: 0 });
    else list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [place, typed]);

  // Never for the dossiers of an older text, nor for another one than was chosen among them.
  const due = early && !searching && current?.row && (chosen === null || chosen === current.id) ? current : null;
  useEffect(() => {
    if (due) onGo(due);
  }, [due, onGo]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = by[event.key];
    if (event.nativeEvent.isComposing) return;
    if (step !== undefined && lines.length > 0) {
      event.preventDefault();
      const next = Math.abs(step) === 1 ? (place + step + lines.length) % lines.length : Math.min(lines.length - 1, Math.max(0, place + step));
      setChosen(lines[next]?.id ?? null);
      setEarly(false);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (searching && (!current || current.row)) setEarly(true);
      else if (current) onGo(current);
    }
  };
  return (
    <>
      <div className="palette-field">
        <Icon name="search" />
        <input
          ref={field}
          className="palette-input"
          role="combobox"
          aria-label={m.palette()}
          aria-expanded={lines.length > 0}
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={current && lineId(place)}
          autoComplete="off"
          spellCheck={false}
          placeholder={m.palette_hint()}
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(null);
            setEarly(false);
          }}
          onKeyDown={onKeyDown}
          data-testid="palette-input"
        />
      </div>
      <div ref={list} className="palette-list">
        <div id="palette-list" role="listbox" aria-label={m.palette_found()}>
          {groups.map((group) => (
            <div key={group.id} role="group" aria-labelledby={`palette-${group.id}`} className="palette-group">
              <div id={`palette-${group.id}`} className="palette-head">
                {group.title}
              </div>
              {group.lines.map((line) => (
                <Line key={line.id} line={line} place={lines.indexOf(line)} chosen={line === current} onGo={onGo} />
              ))}
            </div>
          ))}
        </div>
        {(lines.length === 0 || failed) && (
          <p className="palette-none soft" data-testid="palette-none">
            {searching ? m.palette_searching() : failed ? m.palette_unread() : m.palette_none()}
          </p>
        )}
      </div>
      <p className="palette-foot faint">
        <span role="status">
          {m.palette_count({ n: lines.length })}
          {failed && <span className="visually-hidden"> {m.palette_unread()}</span>}
        </span>
        <span>{m.palette_keys({ go: chordWords(m, "Enter"), close: chordWords(m, "Escape") })}</span>
      </p>
    </>
  );
}

const lineId = (place: number) => `palette-line-${place}`;

function Line({ line, place, chosen, onGo }: { line: PaletteLine; place: number; chosen: boolean; onGo: (line: PaletteLine) => void }) {
  const m = useMessages();
  return (
    // Its keys are the field's, which keeps the focus.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={lineId(place)}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className="palette-line"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onGo(line)}
      data-testid="palette-line"
    >
      {line.icon ? <Icon name={line.icon} /> : <span className="palette-no-icon" />}
      <span className="palette-words">
        <span>{line.label}</span>
        {line.note && <span className="faint">{line.note}</span>}
      </span>
      {line.row && <StatusPill creation={line.row.creation} status={line.row.status} />}
      {line.keys?.map((chord) => <kbd key={chord}>{chordWords(m, chord)}</kbd>)}
    </div>
  );
}

/** Runs what a line stands for. */
export function useGo(onOpen: (dossierId: string) => void): (line: PaletteLine) => void {
  const registry = useContext(ActRegistryContext);
  return (line) => {
    if (line.row) onOpen(line.row.id);
    else registry.run(line.id);
  };
}
