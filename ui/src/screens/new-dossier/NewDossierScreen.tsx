export function NewDossierScreen(_: { onMade: (id: string, warning?: "browser") => void; onProcesses: () => void }) {
  return null;
}
