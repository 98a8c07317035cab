import type { DeadlinePolicy } from "../../backend/generated/DeadlinePolicy";

/** The shortest windows that ID360 has published. */
export const PUBLISHED: DeadlinePolicy = { documents_days: 7, report_application_days: 7, report_user_days: 60 };
