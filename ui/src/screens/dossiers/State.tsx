import type { ReactNode } from "react";
import { Icon, type IconName } from "../../design/components/Icon";

/** What the list shows instead of rows. */
export function State({ name, icon, title, lead, act }: { name: string; icon: IconName; title: string; lead?: string; act: ReactNode }) {
  return (
    <section className="list-state" data-testid="list-state" data-state={name}>
      <Icon name={icon} size={28} />
      <h2>{title}</h2>
      {lead && <p className="soft">{lead}</p>}
      {act}
    </section>
  );
}
