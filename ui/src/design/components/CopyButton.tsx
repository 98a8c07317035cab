import { useState } from "react";
import { useMessages } from "../../i18n/language";
import { Button } from "./Button";

/** Copies a text that is no secret. */
export function CopyButton({ text, label, withWords = false }: { text: string; label: string; withWords?: boolean }) {
  const m = useMessages();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true);
        setTimeout(() => setCopied(false), 2000);
      },
      () => undefined,
    );
  };
  return (
    <>
      <Button small look="quiet" icon={copied ? "check" : "copy"} iconOnly={!withWords} onPress={copy}>
        {label}
      </Button>
      <span className="visually-hidden" role="status">
        {copied ? m.copied() : ""}
      </span>
    </>
  );
}
