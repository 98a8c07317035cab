import type { EnvironmentKind } from "../../backend/generated/EnvironmentKind";
import { ENVIRONMENT_WORD } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import "./EnvironmentMark.css";

/** The word on its colour; the same mark wherever an environment is named. */
export function EnvironmentMark({ kind, testId }: { kind: EnvironmentKind; testId?: string }) {
  useMessages();
  return (
    <strong className={`environment-mark environment-${kind}`} data-testid={testId} data-environment={kind}>
      {ENVIRONMENT_WORD[kind]()}
    </strong>
  );
}
