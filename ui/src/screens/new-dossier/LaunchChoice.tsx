import { useDeskActs } from "../../app/acts/registry";
import type { LaunchMode } from "../../backend/generated/LaunchMode";
import { Choice } from "../../design/components/Choice";
import { Icon } from "../../design/components/Icon";
import { Select } from "../../design/components/Select";
import { useMessages } from "../../i18n/language";
import { LAUNCH_MODES, MODES, PAGE_LANGUAGES } from "../../i18n/launch-words";

interface LaunchChoiceProps {
  mode: LaunchMode;
  lang: string;
  onMode: (mode: LaunchMode) => void;
  onLang: (lang: string) => void;
}

/** How the customer gets the link: fixed with the creation, so chosen before it. F2 goes round, Shift+F2 back. */
export function LaunchChoice({ mode, lang, onMode, onLang }: LaunchChoiceProps) {
  const m = useMessages();
  const turn = (step: number) => onMode(MODES[(MODES.indexOf(mode) + step + MODES.length) % MODES.length] ?? mode);
  useDeskActs("screen", [
    { id: "next-mode", label: m.launch_mode_next(), keys: ["F2"], keysOnly: true, run: () => turn(1) },
    { id: "previous-mode", label: m.launch_mode_previous(), keys: ["Shift+F2"], keysOnly: true, run: () => turn(-1) },
    ...MODES.map((id) => ({ id: `mode-${id}`, label: m.launch_mode_choose({ mode: LAUNCH_MODES[id].name(m) }), icon: LAUNCH_MODES[id].icon, available: id !== mode, run: () => onMode(id) })),
  ]);
  return (
    <div className="form-section">
      <Choice
        label={m.launch_mode()}
        value={mode}
        onChange={onMode}
        columns={3}
        options={MODES.map((id) => ({
          id,
          testId: `mode-${id}`,
          content: (
            <>
              <span className="launch-mode">
                <Icon name={LAUNCH_MODES[id].icon} /> {LAUNCH_MODES[id].name(m)}
              </span>
              <span className="soft launch-mode-note">{LAUNCH_MODES[id].consequence(m)}</span>
            </>
          ),
        }))}
      />
      <div className="launch-line">
        <Select
          label={m.new_lang()}
          options={PAGE_LANGUAGES.map(({ id, word }) => ({ id, label: word(m) }))}
          value={lang}
          onChange={onLang}
          testId="field-lang"
        />
        <p className="faint form-note">
          <kbd>F2</kbd> {m.launch_mode_key()}
        </p>
      </div>
    </div>
  );
}
