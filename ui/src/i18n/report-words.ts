import type { IdentityField } from "../backend/generated/IdentityField";
import { m } from "../paraglide/messages";

type Words = Partial<Record<string, () => string>>;

const IDENTITY: Words = {
  name: m.identity_name,
  first_name: m.identity_first_name,
  first_names: m.identity_first_names,
  birth_name: m.identity_birth_name,
  email: m.identity_email,
  address: m.identity_address,
  zip_code: m.identity_zip_code,
  city: m.identity_city,
  country: m.identity_country,
  phone_number: m.identity_phone_number,
  birth_date: m.identity_birth_date,
  gender: m.identity_gender,
  birth_place: m.identity_birth_place,
  birth_country: m.identity_birth_country,
};

/** Both spellings that reports have (facts §J.14). */
const GENDERS: Words = { M: m.gender_male, F: m.gender_female, male: m.gender_male, female: m.gender_female };

const LEVELS: Words = { LOW: m.level_LOW, SUBSTANTIAL: m.level_SUBSTANTIAL, HIGH: m.level_HIGH };

const METHODS: Words = {
  SVID_ID360: m.method_SVID_ID360,
  IdNumericExternalMethod: m.method_IdNumericExternalMethod,
  id_num: m.method_IdNumericExternalMethod,
};

/** Steps and document families share their names. */
const STEPS: Words = {
  id_document: m.step_id_document,
  identity: m.step_id_document,
  identity_document: m.step_id_document,
  fake_photo_id: m.step_fake_photo_id,
  phone_detection: m.step_phone_detection,
  facecomparison: m.step_facecomparison,
  liveness: m.step_liveness,
  bank_details: m.step_bank_details,
  income_tax: m.step_income_tax,
  property_tax: m.step_property_tax,
  kbis: m.step_kbis,
  pay_slip: m.step_pay_slip,
  proof_of_address: m.step_proof_of_address,
  health_insurance_card: m.step_health_insurance_card,
  social_security_card: m.step_social_security_card,
  car_registration: m.step_car_registration,
  selfie: m.step_selfie,
  mandate: m.step_mandate,
  voice: m.step_voice,
  other: m.step_other,
  validation: m.step_validation,
  ID360: m.where_ID360,
};

/** What ID360 writes in English where others have a name of their own. */
const PLACES: Words = { "digital identity": m.where_digital_identity, id_num: m.where_digital_identity };

const DOCUMENT_STATUS: Words = { VALID: m.document_VALID, INVALID: m.document_INVALID, COLLECTED: m.document_COLLECTED };

const word = (words: Words, key: string): string => (Object.hasOwn(words, key) ? words[key]?.() : undefined) ?? key;

/** Each gives ID360's own word back when it is not in the catalogue. */
export const identityWord = ({ key }: Pick<IdentityField, "key">): string => word(IDENTITY, key);
export const levelWord = (level: string): string => word(LEVELS, level);
export const methodWord = (service: string): string => word(METHODS, service);
export const documentStatusWord = (status: string): string => word(DOCUMENT_STATUS, status);

/** A day in the person's way, a gender in words with ID360's own letter kept; anything else as it came. */
export function identityValue({ key, value }: IdentityField, day: (text: string) => string): string {
  if (key !== "gender") return day(value);
  const said = word(GENDERS, value);
  return said === value ? value : `${said} (${value})`;
}

/** Where a cause was found: a step, an electronic method, or the whole dossier. */
export const whereWord = (place: string): string => (Object.hasOwn(PLACES, place) ? word(PLACES, place) : stepWord(place));

export function stepWord(family: string): string {
  const bare = family.replace(/\$\d+$/, "").replace(/_(image|image_upload|video)$/, "");
  return Object.hasOwn(STEPS, bare) ? word(STEPS, bare) : family;
}
