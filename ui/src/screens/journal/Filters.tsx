import { Button } from "../../design/components/Button";
import { DayField } from "../../design/components/DayField";
import { Select } from "../../design/components/Select";
import { useMessages } from "../../i18n/language";
import { ActsFilter } from "./ActsFilter";
import { DossierFilter } from "./DossierFilter";
import { EVERYTHING, isFiltered, type JournalPlace } from "./place";

/** No username is empty, nor begins with a space. */
const EVERYBODY = "";
const DESK = " desk";

interface FiltersProps {
  place: JournalPlace;
  actors: string[];
  onMove: (change: Partial<JournalPlace>) => void;
}

export function Filters({ place, actors, onMove }: FiltersProps) {
  const m = useMessages();
  const narrow = (change: Partial<JournalPlace>) => onMove({ ...change, page: 0 });
  const known = place.actor === null || actors.includes(place.actor) ? actors : [place.actor, ...actors];
  const backwards = place.from !== null && place.to !== null && place.from > place.to;
  return (
    <div className="journal-filters" role="group" aria-label={m.journal_filters()}>
      <ActsFilter acts={place.acts} onChange={(acts) => narrow({ acts })} />
      <Select
        label={m.journal_filter_actor()}
        value={place.desk ? DESK : (place.actor ?? EVERYBODY)}
        onChange={(chosen) => narrow({ actor: chosen === EVERYBODY || chosen === DESK ? null : chosen, desk: chosen === DESK })}
        options={[{ id: EVERYBODY, label: m.journal_filter_actor_all() }, { id: DESK, label: m.journal_desk() }, ...known.map((actor) => ({ id: actor, label: actor }))]}
        testId="filter-actor"
      />
      <DayField label={m.journal_filter_from()} value={place.from} onChange={(from) => narrow({ from })} problem={backwards ? m.journal_days_backwards() : null} testId="filter-from" />
      <DayField label={m.journal_filter_to()} value={place.to} onChange={(to) => narrow({ to })} testId="filter-to" />
      <DossierFilter id={place.dossier} onChange={(dossier) => narrow({ dossier })} />
      <Button small look="quiet" icon="close" onPress={() => onMove(EVERYTHING)} isDisabled={!isFiltered(place)} data-testid="journal-clear">
        {m.journal_filter_clear()}
      </Button>
    </div>
  );
}
