import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createHashHistory, RouterProvider, type RouterHistory } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Backend } from "../backend/backend";
import { BackendContext, useBackend } from "../backend/context";
import { ListContext } from "../backend/list-context";
import { ListRows } from "../backend/list-rows";
import { useLiveBackend, useSession, useSettings } from "../backend/queries";
import { ErrorBlock } from "../errors/ErrorBlock";
import { useLanguage, useMessages } from "../i18n/language";
import { LockScreen } from "../screens/lock/LockScreen";
import { newDraft, type SetupDraft } from "../screens/setup/draft";
import { SetupScreen } from "../screens/setup/SetupScreen";
import { SignInScreen } from "../screens/sign-in/SignInScreen";
import { UnlockScreen } from "../screens/unlock/UnlockScreen";
import { ListLeft, ListLeftContext } from "../screens/dossiers/left";
import { VerifyGate } from "../screens/verify/VerifyGate";
import { Begun, BegunContext } from "../screens/dossier/begun";
import { Draft } from "../screens/new-dossier/draft";
import { DraftKeeping } from "../screens/new-dossier/kept-draft";
import { DraftContext } from "../screens/new-dossier/draft-context";
import { useKeptPictures } from "./kept-pictures";
import { FileChecks, FileChecksContext } from "./file-checks";
import { LongActs } from "./long-acts/LongActs";
import { LongActsContext } from "./long-acts/use-long-act";
import { usePresence } from "./presence";
import { newRouter } from "./router";
import { SetupDoorContext } from "./setup-door";
import { SignInWish, SignInWishContext } from "./sign-in-wish";
import { wear } from "./theme";

interface DeskProps {
  backend: Backend;
  client: QueryClient;
  history?: RouterHistory;
}

/** The whole window. */
export function Desk({ backend, client, history }: DeskProps) {
  const [rows] = useState(() => new ListRows(backend));
  return (
    <BackendContext value={backend}>
      <QueryClientProvider client={client}>
        <ListContext value={rows}>
          <Window history={history} />
        </ListContext>
      </QueryClientProvider>
    </BackendContext>
  );
}

function Window({ history }: { history: RouterHistory | undefined }) {
  const backend = useBackend();
  const language = useLanguage();
  const settings = useSettings();
  useLiveBackend();
  useKeptPictures();

  const theme = settings.data?.theme;
  useEffect(() => {
    if (theme) wear(theme);
  }, [theme]);
  useEffect(() => {
    // Only now is there something to see: the window has been hidden until here.
    backend.windowReady().catch(() => undefined);
  }, [backend]);

  return (
    <I18nProvider locale={language === "fr" ? "fr-FR" : "en-GB"}>
      <Gate history={history} />
    </I18nProvider>
  );
}

/** A window opened without an address starts with today's work. */
function ownHistory(): RouterHistory {
  const history = createHashHistory();
  if (window.location.hash === "") history.replace("/today");
  return history;
}

/** The register first, then the session, then the screens; the place in the address is kept throughout. */
function Gate({ history }: { history: RouterHistory | undefined }) {
  const m = useMessages();
  const session = useSession();
  const [router] = useState(() => newRouter(history ?? ownHistory()));
  const [wish] = useState(() => new SignInWish());
  const backend = useBackend();
  const [draft] = useState(() => new Draft(new DraftKeeping(backend)));
  const [begun] = useState(() => new Begun());
  const [longActs] = useState(() => new LongActs(backend));
  useEffect(() => longActs.listen(), [longActs]);
  const [checks] = useState(() => new FileChecks(backend, longActs));
  const [verifying, setVerifying] = useState(false);
  // Until somebody opened or left it, whether the set-up is shown follows from the desk.
  const [setup, setSetup] = useState<SetupDraft | "unasked" | null>("unasked");

  const [left] = useState(() => new ListLeft());
  const signedOut = session.data?.current === null;
  useEffect(() => {
    if (!signedOut) return;
    draft.clear();
    left.clear();
    checks.clear();
    longActs.forget();
  }, [signedOut, draft, left, checks, longActs]);
  const locked = session.data?.locked ?? null;
  useEffect(() => {
    if (!locked) return;
    checks.clear();
    longActs.dismissEnded();
  }, [locked, checks, longActs]);
  const view = session.data;
  useEffect(() => {
    if (view) begun.seat([view.current, view.beside].flatMap((open) => (open ? [`${open.environment_id} ${open.username}`] : [])));
  }, [view, begun]);
  const signedIn = Boolean(session.data?.current);
  usePresence(signedIn && locked === null);
  useEffect(() => {
    if (signedIn) wish.clear();
  }, [signedIn, wish]);
  useEffect(
    () =>
      backend.onFileDropped(() => {
        if (locked) return;
        if (signedIn) {
          setSetup(null);
          void router.navigate({ to: "/verify" });
        } else {
          // A set-up that was begun waits behind it.
          setVerifying(true);
        }
        void checks.dropped();
      }),
    [backend, checks, router, signedIn, locked],
  );

  if (session.error) {
    return (
      <main className="gate-error">
        <ErrorBlock error={session.error} acts={{ retry: () => void session.refetch() }} />
      </main>
    );
  }
  if (!session.data) return <p className="visually-hidden">{m.loading()}</p>;
  if (locked) return <LockScreen way={locked} current={session.data.current} />;
  const desk = session.data;
  const draftOf = (before: typeof setup) => (before === "unasked" || before === null ? newDraft(desk) : before);
  const shownSetup = setup === null || (setup === "unasked" && !desk.setup_wanted) ? null : draftOf(setup);
  return (
    <LongActsContext value={longActs}>
      <FileChecksContext value={checks}>
        <SetupDoorContext
          value={() => {
            setVerifying(false);
            setSetup(newDraft(desk));
          }}
        >
          {shownSetup && desk.register === "open" && !verifying ? (
            <SetupScreen
              session={desk}
              draft={shownSetup}
              onChange={(part) =>
                setSetup((before) => {
                  // What comes late does not open again what was closed meanwhile.
                  if (before === null) return null;
                  const now = draftOf(before);
                  return { ...now, ...(typeof part === "function" ? part(now) : part) };
                })
              }
              onClose={() => setSetup(null)}
              onVerify={() => setVerifying(true)}
            />
          ) : desk.current && desk.register === "open" ? (
            <SignInWishContext value={wish}>
              <ListLeftContext value={left}>
                <DraftContext value={draft}>
                  <BegunContext value={begun}>
                    <RouterProvider router={router} />
                  </BegunContext>
                </DraftContext>
              </ListLeftContext>
            </SignInWishContext>
          ) : verifying ? (
            <VerifyGate onBack={() => setVerifying(false)} />
          ) : desk.register !== "open" ? (
            <UnlockScreen session={desk} onVerify={() => setVerifying(true)} />
          ) : (
            <SignInScreen session={desk} wish={wish} onVerify={() => setVerifying(true)} />
          )}
        </SetupDoorContext>
      </FileChecksContext>
    </LongActsContext>
  );
}
