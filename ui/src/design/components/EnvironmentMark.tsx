import type { EnvironmentKind } from "../../backend/generated/EnvironmentKind";
import { ENVIRONMENT_LETTER, ENVIRONMENT_WORD } from "../../i18n/domain-words";
import { useMessages } from "../../i18n/language";
import "./EnvironmentMark.css";

/** The word on its colour; the same mark wherever an environment is named. */
export function EnvironmentMark({ kind, testId }: { kind: EnvironmentKind; testId?: string }) {
  useMessages();
  return environmentMark(kind, testId);
}

/** The same inside what redraws by itself on a change of language. */
export function environmentMark(kind: EnvironmentKind, testId?: string) {
  return (
    <strong className={`environment-mark environment-${kind}`} data-testid={testId} data-environment={kind}>
      {ENVIRONMENT_WORD[kind]()}
    </strong>
  );
}

/** The same as a letter, in the rows of a list; the word is told and shown on pointing. */
export function environmentLetter(kind: EnvironmentKind) {
  const word = ENVIRONMENT_WORD[kind]();
  return (
    <strong className={`environment-mark environment-letter environment-${kind}`} title={word} data-environment={kind}>
      <span aria-hidden="true">{ENVIRONMENT_LETTER[kind]()}</span>
      <span className="visually-hidden">{word}</span>
    </strong>
  );
}
