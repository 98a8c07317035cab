import { useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { Dialog } from "../../design/components/Dialog";
import { useMessages } from "../../i18n/language";
import { chordWords, isBare } from "./chord";
import { useKnownActs, type KnownAct } from "./registry";
import "./KeySheet.css";

/** Every key that does something now. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const m = useMessages();
  const letters = useSettings().data?.letter_keys ?? true;
  const keyed = useKnownActs()
    .map((act) => ({ ...act, keys: act.keys?.filter((chord) => letters || !isBare(chord)) ?? [] }))
    .filter(({ keys }) => keys.length > 0);
  const here = keyed.filter(({ layer }) => layer !== "desk");
  const taken = new Set(here.flatMap(({ keys }) => keys));
  const everywhere = keyed.filter(({ layer, keys }) => layer === "desk" && !keys.every((chord) => taken.has(chord)));
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={m.keys_title()}
      actions={
        <Button onPress={onClose} data-testid="close-keys">
          {m.close()}
        </Button>
      }
    >
      <div className="key-sheet" data-testid="key-sheet">
        {here.length > 0 && <Keyed title={m.palette_here()} acts={here} />}
        <Keyed title={m.palette_everywhere()} acts={everywhere} />
      </div>
    </Dialog>
  );
}

function Keyed({ title, acts }: { title: string; acts: KnownAct[] }) {
  const m = useMessages();
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {acts.map(({ id, label, keys = [] }) => (
          <div key={id}>
            <dt>
              {keys.map((chord) => (
                <kbd key={chord}>{chordWords(m, chord)}</kbd>
              ))}
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
