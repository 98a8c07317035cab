import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend } from "../../../backend/context";
import type { ContainedFile } from "../../../backend/generated/ContainedFile";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { letGo } from "../../../design/let-go";
import { useMessages } from "../../../i18n/language";

interface FilePreviewProps {
  checkId: string;
  position: number;
  file: ContainedFile;
}

/** A copy for the eye: a picture redrawn in Rust, or plain text. */
export function FilePreview(props: FilePreviewProps) {
  return <div className="inside-preview">{props.file.preview === "picture" ? <Picture {...props} /> : <Text {...props} />}</div>;
}

function Picture({ checkId, position, file }: FilePreviewProps) {
  const m = useMessages();
  const backend = useBackend();
  const [broken, setBroken] = useState(false);
  if (broken) return <p className="soft">{m.inside_not_shown()}</p>;
  return <img ref={letGo} src={backend.checkedPictureUrl(checkId, position)} alt={m.inside_picture({ name: file.name })} onError={() => setBroken(true)} data-testid="inside-picture" />;
}

function Text({ checkId, position, file }: FilePreviewProps) {
  const m = useMessages();
  const backend = useBackend();
  const text = useQuery({ queryKey: ["checked-text", checkId, position], queryFn: () => backend.readCheckedText(checkId, position), gcTime: 0 });
  if (text.error) return <ErrorBlock error={text.error} />;
  if (!text.data) return <p className="soft">{m.loading()}</p>;
  return (
    <>
      {/* A region that scrolls is reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="mono" tabIndex={0} role="region" aria-label={m.inside_text({ name: file.name })} data-testid="inside-text">
        {text.data.text}
      </pre>
      {text.data.is_cut && <p className="faint">{m.inside_cut()}</p>}
    </>
  );
}
