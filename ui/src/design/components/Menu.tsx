import type { ReactNode } from "react";
import { Header, Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import { Icon, type IconName } from "./Icon";
import "./Menu.css";

export interface MenuAct {
  id: string;
  label: string;
  icon?: IconName;
  disabled?: boolean;
  testId?: string;
}

export interface MenuGroup {
  label?: string;
  acts: MenuAct[];
  /** The one that is in use now. */
  selected?: string;
}

/** A button and the acts behind it. */
export function Menu({ label, button, groups, onAct }: { label: string; button: ReactNode; groups: MenuGroup[]; onAct: (id: string) => void }) {
  return (
    <MenuTrigger>
      {button}
      <Popover className="popover menu-popover" placement="bottom start">
        <AriaMenu className="listbox" aria-label={label} onAction={(key) => onAct(String(key))}>
          {groups.filter(({ acts }) => acts.length > 0).map((group, place) => (
            <MenuSection
              key={group.label ?? place}
              className="menu-section"
              aria-label={group.label ?? label}
              {...(group.selected !== undefined && { selectionMode: "single" as const, selectedKeys: [group.selected] })}
            >
              {group.label && <Header className="menu-header">{group.label}</Header>}
              {group.acts.map((act) => (
                <MenuItem key={act.id} id={act.id} textValue={act.label} isDisabled={act.disabled ?? false} className="menu-item" data-testid={act.testId}>
                  {act.icon && <Icon name={act.icon} size={14} />}
                  <span>{act.label}</span>
                  {group.selected === act.id && <Icon name="check" size={14} />}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
