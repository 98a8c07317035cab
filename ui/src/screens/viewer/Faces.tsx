import { ToggleButton, Toolbar } from "react-aria-components";
import { ActButton } from "../../app/acts/ActButton";
import type { Chord } from "../../app/acts/chord";
import { useDeskActs } from "../../app/acts/registry";
import { Icon, type IconName } from "../../design/components/Icon";
import { useMessages } from "../../i18n/language";
import type { Arrangement, Leaves } from "./arrangement";
import type { Leaf } from "./pages";

const BEFORE = ["PageUp"];
const AFTER = ["PageDown"];

interface FacesProps {
  leaves: Leaves;
  leaf: Leaf;
  arrangement: Arrangement;
  onShow: (leaf: Leaf | undefined, how?: Arrangement) => void;
}

/** Which page, alone or beside another one. */
export function Faces({ leaves: { all, recto, verso, selfie }, leaf, arrangement, onShow }: FacesProps) {
  const m = useMessages();
  const place = all.indexOf(leaf);
  // Beside the selfie, another face takes the place of the first one.
  const face = (wanted: Leaf | undefined) => onShow(wanted, arrangement === "selfie" ? "selfie" : "one");
  const both = recto && verso && (() => onShow(recto, arrangement === "sides" ? "one" : "sides"));
  const beside = recto && selfie && (() => (arrangement === "selfie" ? onShow(leaf) : onShow(leaf === selfie ? recto : leaf, "selfie")));
  const step = (by: number) => onShow(all[place + by]);
  // The first and last sheet of its own file, where that has several; else of the dossier.
  const own = leaf.sheets > 1 ? all.filter(({ file }) => file === leaf.file) : all;
  useDeskActs("cover", [
    { id: "first-page", label: m.viewer_first_page(), keys: ["Home"], available: leaf !== own[0], run: () => onShow(own[0]) },
    { id: "last-page", label: m.viewer_last_page(), keys: ["End"], available: leaf !== own.at(-1), run: () => onShow(own.at(-1)) },
  ]);
  return (
    <>
      <Toolbar className="viewer-faces" aria-label={m.viewer_faces()}>
        <Choice label={m.side_recto()} keys="R" chosen={leaf === recto && arrangement !== "sides"} act={recto && (() => face(recto))} testId="face-recto" />
        <Choice label={m.side_verso()} keys="V" chosen={leaf === verso && arrangement !== "sides"} act={verso && (() => face(verso))} testId="face-verso" />
        <Choice label={m.viewer_both()} icon="sides" keys="B" chosen={arrangement === "sides" && both !== undefined} act={both} testId="face-both" />
        <Choice label={m.viewer_selfie()} icon="user" keys="S" chosen={arrangement === "selfie" && beside !== undefined} act={beside} testId="face-selfie" />
      </Toolbar>
      <div className="viewer-paging" role="group" aria-label={m.documents_list()}>
        <ActButton act="previous-page" keys={BEFORE} layer="cover" repeats small icon="back" iconOnly isDisabled={place === 0} onPress={() => step(-1)} data-testid="previous-page">
          {m.viewer_previous_page()}
        </ActButton>
        <span className="viewer-place" role="status" data-testid="page-place">
          {m.viewer_place({ n: place + 1, total: all.length })}
        </span>
        <ActButton act="next-page" keys={AFTER} layer="cover" repeats small icon="next" iconOnly isDisabled={place === all.length - 1} onPress={() => step(1)} data-testid="next-page">
          {m.viewer_next_page()}
        </ActButton>
      </div>
    </>
  );
}

interface ChoiceProps {
  label: string;
  icon?: IconName;
  keys: Chord;
  chosen: boolean;
  /** Absent where the dossier lacks the page. */
  act: (() => void) | undefined;
  testId: string;
}

function Choice({ label, icon = "image", keys, chosen, act, testId }: ChoiceProps) {
  useDeskActs("cover", [{ id: testId, label, icon, keys: [keys], available: act !== undefined, run: act }]);
  return (
    <ToggleButton className="button button-small viewer-toggle" isSelected={chosen} isDisabled={!act} onChange={act} aria-keyshortcuts={keys} data-testid={testId}>
      <Icon name={icon} /> {label}
    </ToggleButton>
  );
}
