import type { DossierRow } from "../../backend/generated/DossierRow";
import type { IconName } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";
import { dossierName } from "../../screens/dossier/names";
import type { Chord } from "./chord";
import { found, rank } from "./find";
import { useFoundDossiers } from "./found-dossiers";
import { useKnownActs, type KnownAct } from "./registry";

export interface PaletteLine {
  id: string;
  label: string;
  icon?: IconName | undefined;
  keys?: readonly Chord[] | undefined;
  note?: string | undefined;
  /** A dossier rather than an act. */
  row?: DossierRow;
}

export interface PaletteGroup {
  id: string;
  title: string;
  lines: PaletteLine[];
}

function lineOf({ id, label, icon, keys }: KnownAct): PaletteLine {
  return { id, label, icon, keys: keys?.slice(0, 1) };
}

export interface PaletteAnswer {
  groups: PaletteGroup[];
  searching: boolean;
  /** The dossiers could not be read. */
  failed: boolean;
}

/** What answers to the typed words: acts of this screen, places, acts of everywhere, dossiers; the group of the best answer first. */
export function usePaletteGroups(typed: string): PaletteAnswer {
  const m = useMessages();
  const known = useKnownActs();
  const { rows, searching, failed } = useFoundDossiers(typed);
  const runnable = known.filter(({ run, available, keysOnly }) => run && available !== false && !keysOnly);
  const here = runnable.filter(({ layer, place }) => layer !== "desk" && !place);
  const places = runnable.filter(({ place }) => place);
  const desk = runnable.filter(({ layer, place }) => layer === "desk" && !place);
  const groups: PaletteGroup[] = [
    { id: "here", title: m.palette_here(), lines: found(here, typed).map(lineOf) },
    { id: "places", title: m.palette_places(), lines: found(places, typed).map(lineOf) },
    { id: "desk", title: m.palette_everywhere(), lines: found(desk, typed).map(lineOf) },
  ];
  const best = ({ lines: [first] }: PaletteGroup) => (first ? (rank(first.label, typed) ?? 3) : 3);
  groups.sort((left, right) => best(left) - best(right));
  groups.push({
    id: "dossiers",
    title: m.palette_dossiers(),
    lines: rows.map((row) => ({
      id: `dossier ${row.id}`,
      label: dossierName(m, row),
      icon: "dossiers",
      note: [row.last_name, row.first_name].filter(Boolean).join(" "),
      row,
    })),
  });
  return { groups: groups.filter(({ lines }) => lines.length > 0), searching, failed };
}
