import { memo, useCallback, useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { ListQuery } from "../../../backend/generated/ListQuery";
import type { ListView } from "../../../backend/generated/ListView";
import { useRemember } from "../../../backend/queries";
import { Button } from "../../../design/components/Button";
import { Dialog } from "../../../design/components/Dialog";
import { Icon } from "../../../design/components/Icon";
import { Menu } from "../../../design/components/Menu";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { viewName } from "../../../i18n/list-words";
import { useMessages } from "../../../i18n/language";
import { NameDialog } from "./NameDialog";
import "./Views.css";

interface ViewMenuProps {
  views: ListView[];
  view: ListView;
  /** Filters or order differ from the view's. */
  changed: boolean;
  /** What is shown now, to be kept. */
  queryNow: () => ListQuery;
  /** Shows that view as it is kept. */
  onView: (id: string) => void;
}

type Asking = "save" | "rename" | "remove" | null;

/** Which view is shown, that it was changed, and what can be done about it. */
export const ViewMenu = memo(function ViewMenu({ views, view, changed, queryNow, onView }: ViewMenuProps) {
  const m = useMessages();
  const backend = useBackend();
  const remember = useRemember();
  const [asking, setAsking] = useState<Asking>(null);
  const [ended, setEnded] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLButtonElement>(null);
  /** What was pressed goes with the change that it ended: the focus stays at the view, unless somebody took it elsewhere. */
  const focusView = useCallback(
    () =>
      requestAnimationFrame(() => {
        const focused = document.activeElement;
        if (focused === document.body || bar.current?.contains(focused)) menu.current?.focus();
      }),
    [],
  );
  // Once the dialog of what ended is gone: until then it holds the focus.
  useEffect(() => {
    if (ended > 0) focusView();
  }, [ended, focusView]);
  const save = useAct(async (_intent, wanted: ListView) => {
    const after = await backend.saveView(wanted);
    remember.views(after);
    setAsking(null);
    setEnded((before) => before + 1);
    const made = wanted.id ? wanted : after.findLast(({ id }) => !views.some((before) => before.id === id));
    if (made) onView(made.id);
  });
  const remove = useAct(async () => {
    remember.views(await backend.removeView(view.id));
    setAsking(null);
    setEnded((before) => before + 1);
    onView("all");
  });
  const name = viewName(view);
  const acts = [
    { id: "save", label: m.views_save_as(), icon: "plus" as const, testId: "view-save-as" },
    ...(view.built_in
      ? []
      : [
          { id: "rename", label: m.views_rename({ name }), testId: "view-rename" },
          { id: "remove", label: m.views_remove({ name }), icon: "trash" as const, testId: "view-remove" },
        ]),
  ];
  const pick = (shown: ListView) => ({ id: `view ${shown.id}`, label: viewName(shown), testId: `view-${shown.id}` });
  return (
    <div ref={bar} className="views">
      <Menu
        label={m.views_label()}
        button={
          <AriaButton ref={menu} className="view-button" data-testid="view-menu">
            <span className="faint">{m.views_label()}</span>
            <strong>{name}</strong>
            <Icon name="chevron" size={12} />
          </AriaButton>
        }
        groups={[
          { label: m.views_built_in(), acts: views.filter((one) => one.built_in).map(pick), selected: `view ${view.id}` },
          { label: m.views_own(), acts: views.filter((one) => !one.built_in).map(pick), selected: `view ${view.id}` },
          { label: m.views_acts(), acts },
        ]}
        onAct={(id) => (id.startsWith("view ") ? onView(id.slice(5)) : setAsking(id as Asking))}
      />
      {changed && (
        <>
          <span className="view-changed" role="status" data-testid="view-changed">
            {m.views_changed()}
          </span>
          {!view.built_in && (
            <Button small onPress={() => void save.run({ ...view, query: queryNow() })} data-testid="view-update">
              {m.views_save()}
            </Button>
          )}
          <Button small onPress={() => setAsking("save")} data-testid="view-save">
            {m.views_save_as_short()}
          </Button>
          <Button small look="quiet" onPress={() => { onView(view.id); focusView(); }} data-testid="view-reset">
            {m.views_reset()}
          </Button>
        </>
      )}
      {asking === null && save.error && <ErrorBlock error={save.error} onDismiss={save.clear} />}
      {asking === "save" && (
        <NameDialog title={m.views_save_title()} lead={m.views_save_lead()} name="" act={save} onName={(chosen) => void save.run({ id: "", built_in: false, name: chosen, query: queryNow(), columns: view.columns })} onClose={() => setAsking(null)} />
      )}
      {asking === "rename" && <NameDialog title={m.views_rename_title()} name={name} act={save} onName={(chosen) => void save.run({ ...view, name: chosen })} onClose={() => setAsking(null)} />}
      <Dialog
        open={asking === "remove"}
        urgent
        title={m.views_remove_title({ name })}
        onClose={() => setAsking(null)}
        actions={
          <>
            <Button onPress={() => setAsking(null)}>{m.cancel()}</Button>
            <Button look="danger" onPress={() => void remove.run()} isPending={remove.running} data-testid="view-remove-confirm">
              {m.views_remove_act()}
            </Button>
          </>
        }
      >
        <p>{m.views_remove_lead()}</p>
        {remove.error && <ErrorBlock error={remove.error} />}
      </Dialog>
    </div>
  );
});
