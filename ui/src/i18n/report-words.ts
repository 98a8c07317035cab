import type { IdentityField } from "../backend/generated/IdentityField";
import type { KnownStatus } from "../backend/generated/KnownStatus";
import type { StatusView } from "../backend/generated/StatusView";
import { m } from "../paraglide/messages";
import { STATUS_WORD } from "./domain-words";

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
  type: m.identity_type,
  id_number: m.identity_id_number,
  issuing_date: m.identity_issuing_date,
  expiration_date: m.identity_expiration_date,
  from_files: m.identity_from_files,
  mrz_line_1: m.identity_mrz_line_1,
  mrz_line_2: m.identity_mrz_line_2,
  // As an electronic identity says it.
  typ: m.identity_type,
  family_name: m.identity_name,
  given_name: m.identity_first_name,
  birthdate: m.identity_birth_date,
  place_of_birth: m.identity_birth_place,
  document_number: m.identity_id_number,
};

/** Both spellings that reports have (facts §J.14). */
const GENDERS: Words = { M: m.gender_male, F: m.gender_female, male: m.gender_male, female: m.gender_female };

/** The letters of the machine-readable zone (ICAO 9303); ID is the one that ID360 documents. */
const DOCUMENT_TYPES: Words = { ID: m.document_type_ID, P: m.document_type_P, PP: m.document_type_P };

const LEVELS: Words = { LOW: m.level_LOW, SUBSTANTIAL: m.level_SUBSTANTIAL, HIGH: m.level_HIGH };

const METHODS: Words = {
  SVID_ID360: m.method_SVID_ID360,
  IdNumericExternalMethod: m.method_IdNumericExternalMethod,
  id_num: m.method_IdNumericExternalMethod,
};

/** Steps, document families and documents share their names. */
const STEPS: Words = {
  id_document: m.step_id_document,
  identity: m.step_id_document,
  identity_document: m.step_id_document,
  idd: m.step_id_document,
  ar24_in_front: m.step_id_document_front,
  ar24_in_back: m.step_id_document_back,
  id_document_mandate: m.step_id_document_mandate,
  id_document_mandat: m.step_id_document_mandate,
  fake_photo_id: m.step_fake_photo_id,
  fake_id_photo: m.step_fake_photo_id,
  phone_detection: m.step_phone_detection,
  facecomparison: m.step_facecomparison,
  liveness: m.step_liveness,
  bank_details: m.step_bank_details,
  income_tax: m.step_income_tax,
  income_tax_notice: m.step_income_tax,
  property_tax: m.step_property_tax,
  property_tax_notice: m.step_property_tax,
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
export const statusWord = ({ known, word: own }: Pick<StatusView, "known" | "word">): string => (known === "OTHER" ? own : STATUS_WORD[known]());
export const documentStatusWord = (status: string): string => word(DOCUMENT_STATUS, status);

/** What stands behind these keys is in letters of ID360's own. */
const LETTERS: Partial<Record<string, Words>> = { gender: GENDERS, type: DOCUMENT_TYPES, typ: DOCUMENT_TYPES };

/** A day in the person's way, letters in words with ID360's own kept; anything else as it came. */
export function identityValue({ key, value }: IdentityField, day: (text: string) => string): string {
  const letters = Object.hasOwn(LETTERS, key) ? LETTERS[key] : undefined;
  if (!letters) return day(isDate(key) ? withoutTime(value) : value);
  const said = word(letters, value);
  return said === value ? value : `${said} (${value})`;
}

const isDate = (key: string): boolean => /(^|[._])(birthdate|date)$/.test(key);

/** An electronic identity may write a moment where a day is meant (facts §F.6). */
const withoutTime = (value: string): string => value.replace(/^(\d{4}-\d{2}-\d{2})T.*$/, "$1");

/** ID360's word for the identity alone, which is one of its words for a dossier. */
export function identityStatusWord(own: string): string {
  const known = Object.keys(STATUS_WORD).find((status): status is KnownStatus => status === own && status !== "OTHER");
  return known ? `${STATUS_WORD[known]()} (${own})` : own;
}

/** Where a cause was found: a step, an electronic method, or the whole dossier. */
export const whereWord = (place: string): string => (Object.hasOwn(PLACES, place) ? word(PLACES, place) : stepWord(place));

export function stepWord(family: string): string {
  return named(family) ?? family;
}

/** A document by its own name where that is known: the family of some is only `other`. */
export function documentNameWord(name: string, family: string): string {
  return named(name) ?? stepWord(family);
}

function named(name: string): string | null {
  const bare = name.replace(/\$\d+$/, "").replace(/_(image|image_upload|video)$/, "");
  return Object.hasOwn(STEPS, bare) ? word(STEPS, bare) : null;
}
