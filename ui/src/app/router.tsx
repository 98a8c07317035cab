import { createRootRoute, createRoute, createRouter, type RouterHistory, type SearchSchemaInput } from "@tanstack/react-router";
import { useCallback } from "react";
import { z } from "zod";
import { DeadlinesScreen } from "../screens/deadlines/DeadlinesScreen";
import { DossierScreen } from "../screens/dossier/DossierScreen";
import { DossiersScreen } from "../screens/dossiers/DossiersScreen";
import { useListLeft } from "../screens/dossiers/left";
import { listPlace, type ListPlace } from "../screens/dossiers/place";
import { EvidenceScreen } from "../screens/evidence/EvidenceScreen";
import { capturePlace, type CapturePlace } from "../screens/evidence/place";
import { ImportScreen } from "../screens/import/ImportScreen";
import { JournalScreen } from "../screens/journal/JournalScreen";
import { journalPlace, type JournalPlace } from "../screens/journal/place";
import { NewDossierScreen } from "../screens/new-dossier/NewDossierScreen";
import { SettingsScreen } from "../screens/settings/SettingsScreen";
import { TodayScreen } from "../screens/today/TodayScreen";
import { ViewerScreen } from "../screens/viewer/ViewerScreen";
import { VerifyScreen } from "../screens/verify/VerifyScreen";
import { Fallback } from "./Fallback";
import { Frame } from "./Frame";
import { SETTINGS_TABS, type SettingsTab } from "./settings-tabs";

export const DOSSIER_TABS = ["summary", "why", "comparison", "documents", "evidence", "claim", "technical"] as const;

export type DossierTab = (typeof DOSSIER_TABS)[number];

/** No page has this key: the viewer begins with the first one. */
const FIRST_PAGE = "first";

const root = createRootRoute({ component: Frame });

const list = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: (search: Partial<ListPlace> & SearchSchemaInput): ListPlace => listPlace.parse(search),
  component: function List() {
    const place = list.useSearch();
    const navigate = list.useNavigate();
    const move = useCallback((next: ListPlace) => void navigate({ search: next, replace: true }), [navigate]);
    return (
      <DossiersScreen
        place={place}
        onMove={move}
        onOpen={(id) => void navigate({ to: "/dossiers/$id", params: { id } })}
        onNew={() => void navigate({ to: "/new" })}
        onImport={() => void navigate({ to: "/import" })}
      />
    );
  },
});

const bring = createRoute({
  getParentRoute: () => root,
  path: "/import",
  component: function Import() {
    const navigate = bring.useNavigate();
    return <ImportScreen onList={() => void navigate({ to: "/" })} />;
  },
});

const create = createRoute({
  getParentRoute: () => root,
  path: "/new",
  component: function New() {
    const navigate = create.useNavigate();
    return (
      <NewDossierScreen
        onMade={(id, warning) => void navigate({ to: "/dossiers/$id", params: { id }, search: warning ? { warning } : {} })}
        onProcesses={() => void navigate({ to: "/settings", search: { tab: "processes" } })}
      />
    );
  },
});

const dossier = createRoute({
  getParentRoute: () => root,
  path: "/dossiers/$id",
  validateSearch: (search: { tab?: DossierTab | undefined; view?: string | undefined; warning?: "browser" | undefined }) =>
    z
      .object({
        tab: z.enum(DOSSIER_TABS).optional().catch(undefined),
        /** The viewer lies over the window, and began with the page of this key. */
        view: z.string().optional().catch(undefined),
        warning: z.literal("browser").optional().catch(undefined),
      })
      .parse(search),
  component: function One() {
    const { id } = dossier.useParams();
    const { tab, view, warning } = dossier.useSearch();
    const navigate = dossier.useNavigate();
    const left = useListLeft();
    const look = useCallback((leaf: string | undefined) => void navigate({ search: (before) => ({ ...before, view: leaf }), replace: true }), [navigate]);
    const onView = useCallback((leaf = FIRST_PAGE) => look(leaf), [look]);
    return (
      <>
        <DossierScreen
          key={id}
          id={id}
          tab={tab}
          browserFailed={warning === "browser"}
          covered={view !== undefined}
          onTab={(chosen) => void navigate({ search: (before) => ({ ...before, tab: chosen }), replace: true })}
          onView={onView}
          onBack={() => void navigate({ to: "/", search: left.place })}
          onCorrect={() => void navigate({ to: "/new" })}
          onOpen={(other) => void navigate({ to: "/dossiers/$id", params: { id: other }, search: {}, replace: true })}
        />
        {view !== undefined && (
          <ViewerScreen
            id={id}
            start={view}
            onClose={() => look(undefined)}
            onOpen={(other) => void navigate({ to: "/dossiers/$id", params: { id: other }, search: { view: FIRST_PAGE }, replace: true })}
          />
        )}
      </>
    );
  },
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  validateSearch: (search: { tab?: SettingsTab }) => z.object({ tab: z.enum(SETTINGS_TABS).catch("display").default("display") }).parse(search),
  component: function Preferences() {
    const { tab } = settings.useSearch();
    const navigate = settings.useNavigate();
    return <SettingsScreen tab={tab} onTab={(chosen) => void navigate({ search: { tab: chosen }, replace: true })} />;
  },
});

const today = createRoute({ getParentRoute: () => root, path: "/today", component: TodayScreen });
const deadlines = createRoute({ getParentRoute: () => root, path: "/deadlines", component: DeadlinesScreen });

const evidence = createRoute({
  getParentRoute: () => root,
  path: "/evidence",
  validateSearch: (search: Partial<CapturePlace> & SearchSchemaInput): CapturePlace => capturePlace.parse(search),
  component: function Evidence() {
    const place = evidence.useSearch();
    const navigate = evidence.useNavigate();
    return <EvidenceScreen place={place} onMove={(next) => void navigate({ search: next, replace: true })} />;
  },
});
const verify = createRoute({ getParentRoute: () => root, path: "/verify", component: VerifyScreen });

const journal = createRoute({
  getParentRoute: () => root,
  path: "/journal",
  validateSearch: (search: Partial<JournalPlace> & SearchSchemaInput): JournalPlace => journalPlace.parse(search),
  component: function Acts() {
    const place = journal.useSearch();
    const navigate = journal.useNavigate();
    return <JournalScreen place={place} onMove={(change) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })} />;
  },
});

const tree = root.addChildren([today, list, bring, create, dossier, deadlines, evidence, verify, journal, settings]);

export function newRouter(history: RouterHistory) {
  return createRouter({
    routeTree: tree,
    history,
    defaultPreload: false,
    scrollRestoration: false,
    defaultNotFoundComponent: () => <Fallback broken={false} />,
    defaultErrorComponent: () => <Fallback broken />,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof newRouter>;
  }
}
