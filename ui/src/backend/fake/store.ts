import type { Backend } from "../backend";
import type { BackupView } from "../generated/BackupView";
import type { StoreView } from "../generated/StoreView";
import type { Stage } from "./stage";

const DAY = 24 * 3_600_000;

function backup(at: number, dossiers: number, sound: boolean): BackupView {
  const instant = new Date(at).toISOString();
  return { name: `${instant.replace(/[-:.]/g, "")}-daily.sqlite`, at: instant, dossiers, size: String(1_200_000 + dossiers * 900), sound };
}

export function storeCommands(stage: Stage): Pick<Backend, "getStore" | "backUpNow" | "restoreBackup" | "rebuildRegister" | "renewRegisterKey"> {
  const { count } = stage.scenario;
  let store: StoreView = {
    backups: stage.scenario.backups ? Array.from({ length: 7 }, (_, age) => backup(stage.now() - (age + 0.4) * DAY, Math.max(0, count - age * 2), age !== 2)) : [],
    trouble: stage.scenario.backup_trouble,
    size: String(1_200_000 + count * 950),
  };
  return {
    getStore: () => stage.answer("getStore", [], () => store),
    backUpNow: (intentId) =>
      stage.long("backUpNow", intentId, [], 10, () => {
        store = { ...store, trouble: null, backups: [backup(stage.now(), count, true), ...store.backups] };
        return store;
      }),
    restoreBackup: (intentId, name) =>
      stage.long("restoreBackup", intentId, [name], 10, () => {
        const found = store.backups.find((one) => one.name === name && one.sound);
        return found ? stage.become({ register: "open" }) : stage.reject("backup_damaged");
      }),
    rebuildRegister: (intentId) => stage.long("rebuildRegister", intentId, [], 10, () => stage.become({ register: "open" })),
    renewRegisterKey: (intentId) => stage.long("renewRegisterKey", intentId, [], 10, () => store),
  };
}
