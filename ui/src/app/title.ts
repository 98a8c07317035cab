import { useEffect } from "react";
import type { EnvironmentKind } from "../backend/generated/EnvironmentKind";
import { useSession } from "../backend/queries";
import { ENVIRONMENT_WORD } from "../i18n/domain-words";
import { useMessages } from "../i18n/language";

/** The window's title: the environment's word first, so that no window is mistaken in the task bar. */
export function useTitle(screen: string, kind?: EnvironmentKind): void {
  const m = useMessages();
  const session = useSession();
  const worn = kind ?? session.data?.current?.environment_kind;
  const title = worn ? m.page_title({ word: ENVIRONMENT_WORD[worn](), screen }) : `${screen} · ${m.product_name()}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
