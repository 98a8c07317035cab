import type { Messages } from "../../i18n/language";
import type { DraftForm } from "./draft";

/** The plain text fields of the form. */
export type TextName = Exclude<keyof DraftForm, "process_id" | "expected" | "lang" | "mode" | "open_link" | "proposed">;

export const LABELS: Record<TextName | "process_id", (m: Messages) => string> = {
  process_id: (m) => m.field_process_id(),
  reference: (m) => m.field_reference(),
  last_name: (m) => m.field_last_name(),
  first_name: (m) => m.field_first_name(),
  email: (m) => m.field_email(),
  phone_number: (m) => m.field_phone_number(),
  address_line_1: (m) => m.field_address_line_1(),
  address_line_2: (m) => m.field_address_line_2(),
  address_line_3: (m) => m.field_address_line_3(),
  zip_code: (m) => m.field_zip_code(),
  city: (m) => m.field_city(),
  country: (m) => m.field_country(),
  group: (m) => m.field_group(),
  authenticator_phone_number: (m) => m.field_authenticator_phone_number(),
};

export const MORE: TextName[] = ["address_line_1", "address_line_2", "address_line_3", "zip_code", "city", "country", "group", "authenticator_phone_number"];

/** The label of a field named by a problem or by Rust. */
export function labelOf(m: Messages, field: string): string {
  if (field.startsWith("expected")) return m.field_expected();
  const label: ((m: Messages) => string) | undefined = (LABELS as Partial<Record<string, (m: Messages) => string>>)[field];
  return label ? label(m) : field;
}

/** The id of the input that shows a field. */
export function inputId(field: string): string {
  return `field-${field.replaceAll(".", "-")}`;
}
