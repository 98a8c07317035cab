import { Dock } from "../../app/long-acts/Dock";
import { Button } from "../../design/components/Button";
import { useMessages } from "../../i18n/language";
import { Gate } from "../Gate";
import { VerifyScreen } from "./VerifyScreen";

/** The same screen for whoever is not signed in, or has the register closed. */
export function VerifyGate({ onBack }: { onBack: () => void }) {
  const m = useMessages();
  return (
    <Gate
      wide
      acts={
        <Button small icon="back" onPress={onBack} data-testid="leave-verify">
          {m.verify_back()}
        </Button>
      }
      foot={<Dock />}
    >
      <VerifyScreen />
    </Gate>
  );
}
