import { useSession } from "../backend/queries";
import { ENVIRONMENT_NAME } from "../i18n/domain-words";
import { useMessages } from "../i18n/language";

/** What the person calls an environment: its own name, else the built-in one's. */
export function useEnvironmentName(id: string): string {
  useMessages();
  const session = useSession();
  const found = session.data?.environments.find((choice) => choice.id === id);
  return found ? (found.name ?? ENVIRONMENT_NAME[found.kind]()) : id;
}
