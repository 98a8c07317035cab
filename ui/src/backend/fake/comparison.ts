import type { ColumnKind } from "../generated/ColumnKind";
import type { ComparisonView } from "../generated/ComparisonView";
import type { ExtractedView } from "../generated/ExtractedView";
import type { LetterColumn } from "../generated/LetterColumn";
import type { MrzView } from "../generated/MrzView";
import type { Person } from "./people";

const PLAIN: Omit<ComparisonView, "key" | "declared" | "read" | "json_path"> = { is_expected: false, documents: null, agreement: "same", writing: [], columns: [], passed: null };

/** Letter over letter, `·` for one that is missing. */
function columns(declared: string, read: string, kinds: string): LetterColumn[] {
  const kind: Record<string, ColumnKind> = { " ": "same", "~": "writing", "!": "differs" };
  const below = Array.from(read);
  return Array.from(declared, (letter, at) => ({
    declared: letter === "·" ? "" : letter,
    read: below[at] === "·" ? "" : (below[at] ?? ""),
    kind: kind[kinds[at] ?? " "] ?? "same",
  }));
}

export const FIRST_NAME_DIFFERS: ComparisonView = {
  ...PLAIN,
  key: "first_name",
  declared: "JEAN-MARC",
  read: "Jéan Marc",
  json_path: "$.identity.first_name",
  is_expected: true,
  agreement: "writing",
  writing: ["accents", "case", "hyphens"],
  columns: columns("JEAN-MARC", "Jéan Marc", " ~~~~ ~~~"),
};

export function comparisons(who: Person, ok: boolean): ComparisonView[] {
  const name = { ...PLAIN, key: "name", declared: who.last_name, read: who.last_name, json_path: "$.identity.name", is_expected: true };
  if (ok) return [name, { ...PLAIN, key: "first_name", declared: who.first_name, read: who.first_name, json_path: "$.identity.first_name" }];
  return [
    name,
    FIRST_NAME_DIFFERS,
    { ...PLAIN, key: "birth_place", declared: "VILLE-EXEMPLE", read: "VILEE EXEMPLE", json_path: "$.identity.birth_place", agreement: "differs", columns: columns("VILLE-EXEMPLE", "VILEE EXEMPLE", "   ! ~       ") },
    { ...PLAIN, key: "KBIS.SIREN.siren", declared: "000000001", read: "00000000", json_path: "$.finalizer_reports.validator_report.comparisons[0]", is_expected: true, agreement: "differs", columns: columns("000000001", "00000000·", "        !"), passed: false },
    { ...PLAIN, key: "phone_number", declared: "+33 6 12 34 56 78", read: "", json_path: null, agreement: "not_read" },
    { ...PLAIN, key: "PAY_SLIP.NAME.name", declared: "DURAND", read: "VALMONTEL", json_path: "$.finalizer_reports.validator_report.comparisons[1]", documents: ["pay_slip", "identity"], agreement: "differs", passed: false },
  ];
}

export const MRZ: MrzView[] = [
  {
    lines: ["IDFRAVALMONTEL<<<<<<<<<<<<<<<<999001", "0803999004172ONDINE<<MAUD<<7802144F3"],
    format: "french_card",
    fields: [
      { key: "document_type", value: "ID", doubtful: false },
      { key: "issuing_country", value: "FRA", doubtful: false },
      { key: "name", value: "VALMONTEL", doubtful: false },
      { key: "first_names", value: "ONDINE MAUD", doubtful: false },
      { key: "document_number", value: "080399900417", doubtful: false },
      { key: "birth_date", value: "1978-02-14", doubtful: false },
      { key: "sex", value: "F", doubtful: false },
      { key: "issued_in", value: "2008-03", doubtful: false },
    ],
    checks: [
      { subject: "document_number", is_right: true },
      { subject: "birth_date", is_right: true },
      { subject: "composite", is_right: false },
    ],
    json_path: "$.extracted_data.identity[0].extra.mrz_line_1",
  },
];

export const EXTRACTED: ExtractedView[] = [
  {
    family: "identity",
    is_electronic: false,
    fields: [
      { key: "type", value: "ID", doubtful: false },
      { key: "name", value: "VALMONTEL", doubtful: false },
      { key: "gender", value: "F", doubtful: false },
      { key: "birth_date", value: "2063-02-14", doubtful: true },
      { key: "expiration_date", value: "2023-03-10", doubtful: false },
    ],
    json_path: "$.extracted_data.identity[0]",
  },
];
