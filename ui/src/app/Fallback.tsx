import { useNavigate } from "@tanstack/react-router";
import { Button } from "../design/components/Button";
import { Callout } from "../design/components/Callout";
import { useMessages } from "../i18n/language";

/** In place of a screen that broke or does not exist: the frame around it goes on. */
export function Fallback({ broken }: { broken: boolean }) {
  const m = useMessages();
  const navigate = useNavigate();
  return (
    <div className="gate-error">
      <Callout
        tone={broken ? "error" : "information"}
        live="alert"
        data-testid="error"
        data-code={broken ? "screen_failed" : "screen_missing"}
        actions={
          <Button small onPress={() => void navigate({ to: "/" })}>
            {m.back_to_list()}
          </Button>
        }
      >
        {broken ? m.screen_failed() : m.screen_missing()}
      </Callout>
    </div>
  );
}
