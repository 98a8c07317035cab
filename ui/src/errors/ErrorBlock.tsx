import { useContext } from "react";
import { Disclosure, DisclosurePanel, Button as AriaButton } from "react-aria-components";
import { useAccountsDoor } from "../app/accounts/door";
import { ErrorActsContext } from "../app/error-acts";
import { useLeavingFocus } from "../app/focus";
import type { WireError } from "../backend/generated/WireError";
import { Button } from "../design/components/Button";
import { Callout } from "../design/components/Callout";
import { Icon } from "../design/components/Icon";
import { useMessages } from "../i18n/language";
import { ACTION_WORD, entryFor, SEVERITY_WORD, type ErrorAction } from "./catalogue";
import "./ErrorBlock.css";

type Acts = Partial<Record<Exclude<ErrorAction, null>, () => void>>;

interface ErrorBlockProps {
  error: WireError;
  /** What the screen can do about it; the button of the catalogue shows only if the act is here. */
  acts?: Acts;
  onDismiss?: () => void;
}

/** One error, in the person's words, with its one action; stays until dismissed. */
export function ErrorBlock({ error, acts = {}, onDismiss }: ErrorBlockProps) {
  const m = useMessages();
  const { severity, sentence, action } = entryFor(error);
  const accounts = useAccountsDoor();
  const { onFocus, leave } = useLeavingFocus();
  const everywhere = useContext(ErrorActsContext);
  // What every screen can do about it.
  const common: Acts = accounts ? { sign_in_as_user: () => accounts("user"), change_account: () => accounts(null) } : {};
  const anywhere = action && everywhere[action];
  const act = action && ({ ...common, ...acts }[action] ?? (anywhere && (() => anywhere(error))));
  const words = error.params.detail;
  const actions = (act || onDismiss) && (
    <>
      {act && (
        <Button small onPress={act}>
          {ACTION_WORD[action]()}
        </Button>
      )}
      {onDismiss && (
        <Button
          small
          look="quiet"
          icon="close"
          iconOnly
          onPress={() => {
            leave();
            onDismiss();
          }}
        >
          {m.close()}
        </Button>
      )}
    </>
  );
  return (
    <Callout tone={severity} live={severity === "information" ? "status" : "alert"} data-testid="error" data-code={error.code} actions={actions || undefined} onFocus={onFocus}>
      <p>
        <span className="visually-hidden">{SEVERITY_WORD[severity]()} </span>
        {sentence(error.params)}
      </p>
      <Disclosure className="error-detail">
        <AriaButton slot="trigger" className="error-detail-button">
          <Icon name="chevron" size={12} /> {m.error_detail()}
        </AriaButton>
        <DisclosurePanel>
          <p className="mono error-detail-text">{m.error_trace({ code: error.code, trace: error.trace_id || "–" })}</p>
          {words && <p className="error-detail-text">{m.error_provider_words({ words })}</p>}
        </DisclosurePanel>
      </Disclosure>
    </Callout>
  );
}
