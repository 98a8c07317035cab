import { useRef, useSyncExternalStore } from "react";
import { Label, ProgressBar } from "react-aria-components";
import { Button } from "../../design/components/Button";
import { Icon, type IconName } from "../../design/components/Icon";
import { entryFor } from "../../errors/catalogue";
import { useFormats } from "../../i18n/format";
import { useMessages, type Messages } from "../../i18n/language";
import { isOver, type LongAct } from "./LongActs";
import { useLongActs } from "./use-long-act";
import "./Dock.css";

const ICON: Record<LongAct["state"], IconName> = { running: "clock", stopping: "clock", done: "check", stopped: "close", failed: "stop" };

/** At the foot of the window: what goes on, how far it came, how it ended. Stays until it is closed. */
export function Dock() {
  const m = useMessages();
  const acts = useLongActs();
  const all = useSyncExternalStore(acts.subscribe, acts.all);
  const dock = useRef<HTMLElement>(null);
  const last = all.findLast(isOver);

  const dismiss = (id: string) => {
    const index = all.findIndex((act) => act.id === id);
    acts.dismiss(id);
    // The button that had the focus is gone with its act: the next one takes it, else the screen.
    requestAnimationFrame(() => {
      const buttons = dock.current?.querySelectorAll<HTMLElement>("[data-dock-button]");
      const next = buttons?.[Math.min(index, buttons.length - 1)] ?? document.getElementById("content");
      next?.focus();
    });
  };

  return (
    <>
      <p className="visually-hidden" role="status" data-testid="long-act-said">
        {last ? said(last, m) : ""}
      </p>
      {all.length > 0 && (
        <section ref={dock} className="dock" aria-label={m.long_acts()} data-testid="long-acts">
          {all.map((act) => (
            <div key={act.id} className={`dock-act dock-${act.state}`} data-testid="long-act" data-state={act.state}>
              <Icon name={ICON[act.state]} />
              <div className="dock-body">{isOver(act) ? <Ended act={act} /> : <Running act={act} />}</div>
              <Button
                small
                look={isOver(act) ? "quiet" : "secondary"}
                icon={isOver(act) ? "close" : undefined}
                iconOnly={isOver(act)}
                isDisabled={act.state === "stopping"}
                onPress={() => (isOver(act) ? dismiss(act.id) : acts.stop(act.id))}
                aria-label={isOver(act) ? m.close() : m.long_act_stop_named({ title: act.title() })}
                data-testid={isOver(act) ? "long-act-close" : "long-act-stop"}
                data-dock-button=""
              >
                {isOver(act) ? m.close() : m.long_act_stop()}
              </Button>
            </div>
          ))}
        </section>
      )}
    </>
  );
}

function said(act: LongAct, m: Messages): string {
  if (act.state === "stopped") return m.long_act_stopped({ title: act.title() });
  if (act.error) return `${m.long_act_failed({ title: act.title() })} ${entryFor(act.error).sentence(act.error.params)}`;
  return act.sentence?.() ?? "";
}

function Ended({ act }: { act: LongAct }) {
  const m = useMessages();
  return (
    <>
      <p data-code={act.error?.code}>{said(act, m)}</p>
      {act.detail?.()}
    </>
  );
}

function Running({ act }: { act: LongAct }) {
  const m = useMessages();
  const f = useFormats();
  const { progress } = act;
  const known = progress !== null && progress.total > 0;
  return (
    <ProgressBar
      className="dock-progress"
      isIndeterminate={!known}
      value={progress?.done ?? 0}
      maxValue={known ? progress.total : 1}
      valueLabel={known ? m.long_act_progress({ done: f.number(progress.done), total: f.number(progress.total) }) : undefined}
    >
      {({ percentage, valueText }) => (
        <>
          <Label>{act.state === "stopping" ? `${act.title()} – ${m.long_act_stopping()}` : act.title()}</Label>
          <span className="dock-track">
            <span className="dock-fill" style={{ inlineSize: `${percentage ?? 30}%` }} />
          </span>
          {known && <span className="dock-count">{valueText}</span>}
        </>
      )}
    </ProgressBar>
  );
}
