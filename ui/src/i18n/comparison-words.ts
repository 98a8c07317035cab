import type { Agreement } from "../backend/generated/Agreement";
import type { MrzCheckSubject } from "../backend/generated/MrzCheckSubject";
import type { MrzFormat } from "../backend/generated/MrzFormat";
import type { MrzKey } from "../backend/generated/MrzKey";
import type { WritingDifference } from "../backend/generated/WritingDifference";
import { m } from "../paraglide/messages";

type Word = () => string;

export const AGREEMENT: Record<Agreement, Word> = {
  same: m.compare_same,
  writing: m.compare_writing,
  differs: m.compare_differs,
  not_read: m.compare_not_read,
};

export const WRITING: Record<WritingDifference, Word> = {
  accents: m.writing_accents,
  case: m.writing_case,
  spaces: m.writing_spaces,
  hyphens: m.writing_hyphens,
  apostrophes: m.writing_apostrophes,
  signs: m.writing_signs,
};

export const MRZ_FORMAT: Record<MrzFormat, Word> = {
  td1: m.mrz_td1,
  td2: m.mrz_td2,
  td3: m.mrz_td3,
  french_card: m.mrz_french_card,
};

export const MRZ_KEY: Record<MrzKey, Word> = {
  document_type: m.mrz_document_type,
  issuing_country: m.mrz_issuing_country,
  name: m.mrz_name,
  first_names: m.mrz_first_names,
  document_number: m.mrz_document_number,
  nationality: m.mrz_nationality,
  birth_date: m.mrz_birth_date,
  sex: m.mrz_sex,
  expiration_date: m.mrz_expiration_date,
  issued_in: m.mrz_issued_in,
  optional: m.mrz_optional,
};

export const MRZ_CHECK: Record<MrzCheckSubject, Word> = {
  document_number: m.mrz_document_number,
  birth_date: m.mrz_birth_date,
  expiration_date: m.mrz_expiration_date,
  optional: m.mrz_optional,
  composite: m.mrz_composite,
};
