import type { Backend } from "../backend";
import type { CaptureActivity } from "../generated/CaptureActivity";
import type { CaptureCounts } from "../generated/CaptureCounts";
import type { CaptureFilter } from "../generated/CaptureFilter";
import type { CaptureRow } from "../generated/CaptureRow";
import type { CaptureState } from "../generated/CaptureState";
import type { DossierView } from "../generated/DossierView";
import type { EvidenceView } from "../generated/EvidenceView";
import type { MissingPieceView } from "../generated/MissingPieceView";
import type { PieceView } from "../generated/PieceView";
import type { VerificationView } from "../generated/VerificationView";
import { held } from "./held";
import type { Register } from "./register";
import type { Stage } from "./stage";

type EvidenceCommands = Pick<Backend, "listCaptures" | "captureDossiers" | "captureNow" | "pauseCaptures" | "resumeCaptures" | "getEvidence" | "verifyEvidence">;

const HOUR = 3_600_000;
const RULE = { policy: "full", video: false } as const;

/** By the place of the dossier among the finished ones, so that every state is on the first page. */
const STATES: CaptureState[] = ["waiting", "complete", "complete", "waiting", "running", "incomplete", "lost", "archived", "complete", "not_wanted"];

/** One in that many complete dossiers has a file that changed. */
const DAMAGED = 7;

function hex(seed: number, digits: number): string {
  return Array.from({ length: digits }, (_, at) => ((seed * 7919 + at * 104729) % 16).toString(16)).join("");
}

function piece(seed: number, at: number, change: Partial<PieceView>): PieceView {
  return {
    id: `0190a7c4-0000-7000-8000-${hex(seed, 12)}`,
    kind: "document",
    document_id: null,
    document: null,
    page_number: null,
    media_type: "image/jpeg",
    size: String(1_200_000 + (seed % 40) * 31_007),
    sha256: hex(seed, 64),
    md5: hex(seed + 1, 32),
    hash: "agrees",
    call: "",
    fetched_at: new Date(at).toISOString(),
    integrity: "whole",
    verified_at: new Date(at + 6 * HOUR).toISOString(),
    ...change,
  };
}

export function evidenceCommands(stage: Stage, register: Register): EvidenceCommands {
  const asked = new Set<string>();
  let verification: VerificationView = { running: false, unfinished: null, last: { at: new Date(stage.now() - 30 * HOUR).toISOString(), checked: 1_204, damaged: 1 } };

  const finished = () => stage.dossiers().filter(({ row }) => row.status?.is_final);
  const place = (view: DossierView) => finished().findIndex(({ row }) => row.id === view.row.id);

  function state(view: DossierView): CaptureState {
    if (asked.has(view.row.id)) return "complete";
    const known = STATES[place(view) % STATES.length] ?? "waiting";
    return known === "running" && held(stage) ? "waiting" : known;
  }

  const isDamaged = (view: DossierView) => state(view) === "complete" && place(view) % DAMAGED === 1 && !asked.has(view.row.id);

  function pieces(view: DossierView): PieceView[] {
    const is = state(view);
    if (is !== "complete" && is !== "incomplete") return [];
    const seed = place(view) * 10;
    const at = Date.parse(view.row.finished_at ?? view.row.created_at) + 5 * 60_000;
    const id = view.row.enrollment_id ?? "0";
    const report = piece(seed, at, { kind: "report", media_type: "application/json", size: "48120", hash: "not_stated", call: `GET /enrollment/${id}/report` });
    const page = (number: number, change: Partial<PieceView> = {}) =>
      piece(seed + 1 + number, at, { document_id: "8812", document: "id_document_image", page_number: number, call: `GET /document/8812/file_contents/?page_number=${number}`, ...change });
    const recto = page(0, isDamaged(view) ? { integrity: "altered" } : {});
    if (is === "incomplete") return [report, recto];
    const claim = piece(seed + 5, at, { kind: "id_claim", media_type: "application/vnd.etsi.asic-e+zip", size: "5120334", hash: "not_stated", call: `GET /enrollment/${id}/idclaim` });
    const verso = page(1, asked.has(view.row.id) ? {} : { hash: "differs" });
    return view.idclaim_expected ? [report, claim, recto, verso] : [report, recto, verso];
  }

  function missing(view: DossierView): MissingPieceView[] {
    if (state(view) !== "incomplete") return [];
    return [{ kind: "document", document_id: "8812", document: "id_document_image", page_number: 1, reason: "document_gone" }];
  }

  function evidence(id: string): EvidenceView {
    const view = register.get(id) ?? stage.reject("not_found");
    const is = view.row.status?.is_final ? state(view) : "waiting";
    return {
      dossier_id: id,
      rule: is === "not_wanted" ? { policy: "references_only", video: false } : RULE,
      running: is === "running",
      trouble: view.row.trouble,
      can_capture: view.row.status?.is_final === true && is !== "not_wanted" && stage.session().current !== null,
      pieces: view.row.status?.is_final ? pieces(view) : [],
      missing: view.row.status?.is_final ? missing(view) : [],
    };
  }

  function captureRow(view: DossierView): CaptureRow {
    const is = state(view);
    const kept = pieces(view);
    const waits = is === "waiting" || is === "running";
    const troubled = waits && view.row.trouble !== null;
    return {
      row: stage.shown(view.row),
      state: is,
      pieces: kept.length,
      size: String(kept.reduce((sum, { size }) => sum + Number(size), 0)),
      damaged: kept.filter(({ integrity }) => integrity !== "whole").length,
      deadline: waits ? (view.row.deadline?.at ?? null) : null,
      tries: troubled ? 2 : 0,
      trouble: waits ? view.row.trouble : null,
      retry_at: troubled ? new Date(stage.now() + 5 * 60_000).toISOString() : null,
      ended_at: is === "complete" || is === "incomplete" ? (kept[0]?.fetched_at ?? null) : null,
    };
  }

  function matches(row: CaptureRow, filter: CaptureFilter): boolean {
    switch (filter) {
      case "all": return true;
      case "troubled": return row.trouble !== null;
      case "damaged": return row.damaged > 0;
      case "waiting": return row.state === "waiting" || row.state === "running";
      default: return row.state === filter;
    }
  }

  function activity(rows: CaptureRow[]): CaptureActivity {
    const why = held(stage);
    if (why) return why;
    const dossiers = rows.filter((row) => row.state === "running").length;
    return dossiers > 0 ? { kind: "running", dossiers } : { kind: "idle" };
  }

  const rows = () => finished().map(captureRow);

  return {
    listCaptures: (filter, offset, limit) =>
      stage.answer("listCaptures", [filter, offset, limit], () => {
        const all = rows();
        const count = (which: CaptureFilter) => all.filter((row) => matches(row, which)).length;
        const counts: CaptureCounts = {
          waiting: count("waiting"),
          troubled: count("troubled"),
          complete: count("complete"),
          incomplete: count("incomplete"),
          lost: count("lost"),
          archived: count("archived"),
          not_wanted: count("not_wanted"),
          damaged: count("damaged"),
        };
        const found = all.filter((row) => matches(row, filter));
        const doing = activity(all);
        const deadlines = all.filter((row) => matches(row, "waiting")).flatMap(({ deadline }) => deadline ?? []);
        const first = doing.kind === "running" ? undefined : deadlines.toSorted()[0];
        return { activity: doing, counts, first_deadline: first ?? null, rows: found.slice(offset, offset + limit), total: found.length, verification };
      }),
    captureDossiers: (intentId, selection) =>
      stage.long("captureDossiers", intentId, [selection], 1, () => {
        const ids = selection.kind === "some" ? selection.ids : register.matching(selection.query, stage.session().current?.username ?? null, stage.now()).map(({ row }) => row.id);
        const changed = ids.filter((id) => {
          const view = register.get(id);
          return view?.row.status?.is_final === true && (state(view) !== "complete" || pieces(view).some(({ hash }) => hash === "differs"));
        });
        changed.forEach((id) => asked.add(id));
        stage.registerChanged();
        return { changed: changed.length, unchanged: ids.length - changed.length };
      }),
    captureNow: (intentId, id) =>
      stage.long("captureNow", intentId, [id], 4, () => {
        asked.add(id);
        stage.registerChanged();
        return evidence(id);
      }),
    pauseCaptures: () =>
      stage.answer("pauseCaptures", [], () => {
        stage.scenario.capture = "paused";
        return activity(rows());
      }),
    resumeCaptures: () =>
      stage.answer("resumeCaptures", [], () => {
        stage.scenario.capture = "on";
        return activity(rows());
      }),
    getEvidence: (id) => stage.answer("getEvidence", [id], () => evidence(id)),
    verifyEvidence: (intentId) =>
      stage.long("verifyEvidence", intentId, [], 1_204, () => {
        const views = finished().filter(isDamaged);
        const found = views.flatMap((view) =>
          pieces(view)
            .filter(({ integrity }) => integrity !== "whole")
            .map((damaged) => ({ dossier_id: view.row.id, dossier_label: view.row.reference ?? view.row.id, piece: damaged })),
        );
        verification = { running: false, unfinished: null, last: { at: new Date(stage.now()).toISOString(), checked: 1_204, damaged: found.length } };
        stage.registerChanged();
        return { checked: 1_204, damaged: found.length, found };
      }),
  };
}
