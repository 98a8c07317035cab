import type { EnvironmentSettings } from "../../../backend/generated/EnvironmentSettings";
import { PUBLISHED } from "../published-windows";

/** What an environment of one's own begins with. */
export const NEW_ENVIRONMENT: EnvironmentSettings = {
  id: "",
  kind: "pre_production",
  built_in: false,
  name: "",
  base_url: "https://",
  ui_base_url: "https://",
  return_page: null,
  archived_report_path: "enrollment/{id}/report/archive",
  report_pdf_path: "enrollment/{id}/proof_slip",
  enrollment_status_path: "enrollment/status/{token}",
  deadlines: PUBLISHED,
  capture: { policy: "full", video: false },
};
