import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";

/** On the screens before a session. */
export function VerifyEntrance({ onPress }: { onPress: () => void }) {
  const m = useMessages();
  return (
    <Button small icon="verify" onPress={onPress} data-testid="open-verify">
      {m.verify_title()}
    </Button>
  );
}
