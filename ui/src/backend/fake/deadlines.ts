import type { Backend } from "../backend";
import type { DeadlineSubject } from "../generated/DeadlineSubject";
import type { DossierView } from "../generated/DossierView";
import type { HomeView } from "../generated/HomeView";
import type { Lane } from "../generated/Lane";
import type { ListFilter } from "../generated/ListFilter";
import type { NextAct } from "../generated/NextAct";
import type { RadarCard } from "../generated/RadarCard";
import type { RadarLane } from "../generated/RadarLane";
import type { Tally } from "../generated/Tally";
import { held } from "./held";
import type { Stage } from "./stage";

const HOUR = 3_600_000;
const LANES: Lane[] = ["documents", "report", "no_archive"];
const KEPT = 50;

function laneOf({ row, report }: DossierView): Lane {
  if (row.status?.known === "CANCELED" || row.status?.known === "FAILED") return "no_archive";
  return report ? "documents" : "report";
}

/** What the lane is about; a report counts by its longest window, but for those never archived. */
const SUBJECT: Record<Lane, DeadlineSubject> = { documents: "documents", report: "report_user", no_archive: "report_application" };

function next(stage: Stage, { row }: DossierView, lane: Lane): NextAct {
  const current = stage.session().current;
  if (row.environment_id !== current?.environment_id) return { kind: "sign_in", environment_id: row.environment_id };
  if (lane === "documents") return { kind: "capture", by_itself: row.trouble === null && held(stage) === null, trouble: row.trouble };
  if (row.trouble) return { kind: "look", trouble: row.trouble };
  const old = row.finished_at !== null && stage.now() - Date.parse(row.finished_at) > 7 * 24 * HOUR;
  return old && current.account === "application" ? { kind: "sign_in_as_user" } : { kind: "keep_report" };
}

function cards(stage: Stage): RadarCard[] {
  return stage
    .dossiers()
    .flatMap((dossier) => {
      const lane = laneOf(dossier);
      const ahead = dossier.deadlines.find((line) => line.subject === SUBJECT[lane]);
      if (!ahead || ahead.passed || dossier.row.evidence === "kept" || dossier.row.evidence === "lost") return [];
      return [{ row: stage.shown({ ...dossier.row, deadline: ahead }), lane, at: ahead.at, here: ahead.here, next: next(stage, dossier, lane) }];
    })
    .sort((one, other) => one.at.localeCompare(other.at));
}

function laneView(stage: Stage, lane: Lane, all: RadarCard[]): RadarLane {
  const mine = all.filter((card) => card.lane === lane);
  const between = (from: number, to: number) => mine.filter(({ at }) => Date.parse(at) - stage.now() > from * HOUR && Date.parse(at) - stage.now() <= to * HOUR).length;
  return {
    lane,
    within_a_day: between(0, 24),
    within_two_days: between(24, 48),
    within_a_week: between(48, 168),
    later: between(168, Infinity),
    cards: mine.slice(0, KEPT),
  };
}

/** What a count of the open environment leaves out, its list leaves out too. */
function within(stage: Stage, filter: ListFilter): ListFilter[] {
  const current = stage.session().current;
  return current ? [filter, { field: "environment", not: false, ids: [current.environment_id] }] : [filter];
}

function home(stage: Stage): HomeView {
  const all = cards(stage);
  const rows = stage.dossiers().map(({ row }) => stage.shown(row));
  const tally = (filter: ListFilter, dossiers: number): Tally => ({ dossiers, filters: within(stage, filter) });
  const running = rows.filter(({ creation, status }) => creation === "created" && status && !status.is_final);
  const newest = (one: { created_at: string }, other: { created_at: string }) => other.created_at.localeCompare(one.created_at);
  return {
    to_treat: tally({ field: "to_treat", not: false }, rows.filter(({ status, treated }) => status?.known === "KO" && !treated).length),
    due_soon: tally({ field: "deadline", not: false, stretch: { kind: "within_hours", hours: 48 } }, all.filter(({ at }) => Date.parse(at) - stage.now() <= 48 * HOUR).length),
    troubled: tally({ field: "troubled", not: false }, rows.filter(({ trouble }) => trouble).length),
    in_progress: tally({ field: "in_progress", not: false }, running.length),
    unknown: tally({ field: "status", not: false, words: ["OUTCOME_UNKNOWN"] }, rows.filter(({ creation }) => creation === "outcome_unknown").length),
    nearest: all.slice(0, 5),
    running: running.sort((one, other) => other.changed_at.localeCompare(one.changed_at)).slice(0, 5),
    latest: rows.sort(newest).slice(0, 5),
    verification: { running: false, unfinished: null, last: { at: new Date(stage.now() - 30 * HOUR).toISOString(), checked: 1_204, damaged: stage.scenario.damaged } },
    capture: held(stage) ?? { kind: "idle" },
    chain: stage.scenario.chain === "broken" ? { kind: "broken", position: "12", sound_until: new Date(stage.now() - 26 * HOUR).toISOString() } : { kind: stage.scenario.chain },
    backup_trouble: stage.scenario.backup_trouble,
  };
}

export function deadlineCommands(stage: Stage): Pick<Backend, "getHome" | "getRadar"> {
  return {
    getHome: () => stage.answer("getHome", [], () => home(stage)),
    getRadar: () =>
      stage.answer("getRadar", [], () => {
        const all = cards(stage);
        return {
          lanes: LANES.map((lane) => laneView(stage, lane, all)),
          filters: within(stage, { field: "deadline", not: true, stretch: { kind: "never" } }),
          lost: { dossiers: stage.scenario.lost, filters: within(stage, { field: "lost", not: false }) },
          clock_offset_minutes: stage.scenario.clock_offset,
          capture: held(stage) ?? { kind: "idle" },
        };
      }),
  };
}
