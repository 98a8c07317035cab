import type { DossierTab } from "../../app/router";
export function DossierScreen(_: { id: string; tab: DossierTab | undefined; browserFailed: boolean; onTab: (tab: DossierTab) => void; onOther: (id: string) => void }) {
  return null;
}
