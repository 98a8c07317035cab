import { ActButton } from "../../../app/acts/ActButton";
import { useAct } from "../../../backend/act";
import { useBackend } from "../../../backend/context";
import type { DossierView } from "../../../backend/generated/DossierView";
import type { LaunchMode } from "../../../backend/generated/LaunchMode";
import type { LinkText } from "../../../backend/generated/LinkText";
import { useRemember } from "../../../backend/queries";
import { ErrorBlock } from "../../../errors/ErrorBlock";
import { useLanguage, useMessages } from "../../../i18n/language";
import { Confirm } from "../Confirm";
import { useDossierName } from "../names";
import { useSaid } from "../Said";
import { Coaching } from "./Coaching";
import { useGuarded } from "./guarded";
import { NextLook } from "./NextLook";
import { Redo } from "./Redo";
import { Uses } from "./Uses";
import { Way } from "./Way";
import "./LinkPanel.css";

interface LinkPanelProps {
  dossier: DossierView;
  lettingGo: (then: () => void) => void;
  onAgain: () => void;
}

/** The customer's link while it can be used: where it went, its QR code, and each way to hand it over. */
export function LinkPanel({ dossier, lettingGo, onAgain }: LinkPanelProps) {
  const m = useMessages();
  const language = useLanguage();
  const backend = useBackend();
  const remember = useRemember();
  const name = useDossierName(dossier);
  const [said, say] = useSaid();
  const { id } = dossier.row;
  const { shown_link: shown, link_uses: uses } = dossier;
  const lang = dossier.lang ?? language;
  const mode: LaunchMode = dossier.mode ?? "this_pc";

  const copy = (text: LinkText) => async (confirmed: boolean) => {
    const outcome = await backend.copyLink(id, { text, lang, confirmed });
    say(m.link_copied({ seconds: String(outcome.seconds) }));
    return outcome.dossier;
  };
  const open = useGuarded((confirmed) => backend.openLink(id, lang, null, confirmed));
  const openInBrowser = useGuarded((confirmed) => backend.openLink(id, lang, "browser", confirmed));
  const show = useGuarded((confirmed) => backend.showLink(id, { lang, confirmed, to_customer: false }));
  const turn = useGuarded((confirmed) => backend.showLink(id, { lang, confirmed, to_customer: true }));
  const mail = useGuarded((confirmed) => backend.mailLink(id, lang, confirmed));
  const copySms = useGuarded(copy("sms"));
  const copyLink = useGuarded(copy("link"));
  const hide = useAct(async () => remember.dossier(await backend.hideLink(id)));
  const turnAway = useAct(() => backend.closeCustomerScreen());
  const ways = [open, openInBrowser, show, turn, mail, copySms, copyLink];
  const asking = ways.find(({ asked }) => asked);
  const ends = [hide, turnAway].map((act) => ({ ...act, run: () => void act.run() }));
  const failed = [...ways, ...ends].find(({ error }) => error);
  const look = (own: LaunchMode) => (mode === own && dossier.returned_at === null ? "primary" : "secondary");

  return (
    <section className="link-panel" aria-labelledby="link-panel-title" data-testid="link-panel">
      {shown && (
        <figure className="link-code">
          <img src={backend.linkPictureUrl(shown.ticket, shown.lang)} alt={m.link_qr_alt({ name })} width={260} height={260} data-testid="qr" />
          <figcaption>{m.link_qr_caption()}</figcaption>
        </figure>
      )}
      <div className="link-body">
        <h2 id="link-panel-title">{m.link_title()}</h2>
        <Way dossier={dossier} />
        <Uses dossier={dossier} />
        <Coaching dossier={dossier} />
        <p className="soft">
          {dossier.returned_at === null && m.dossier_waiting()} {dossier.next_reading && <NextLook next={dossier.next_reading} />}
        </p>
        {mode === "this_pc" && !dossier.return_heard && dossier.returned_at === null && <p className="soft" data-testid="return-not-heard">{m.link_return_not_heard()}</p>}
        {dossier.enrollment_window && (
          <p className="link-turned" data-testid="enrollment-window">
            {m.link_window_open()} {!dossier.enrollment_window.camera && m.link_window_no_camera()}
          </p>
        )}
        {shown?.to_customer && (
          <p className="link-turned" data-testid="customer-screen-shown">
            {m.link_customer_shown()}
            <ActButton act="close-customer-screen" small onPress={() => void turnAway.run()} isPending={turnAway.running} data-testid="close-customer-screen">
              {m.link_customer_close()}
            </ActButton>
          </p>
        )}
        <div className="link-ways">
          <ActButton act="open-link" look={look("this_pc")} icon="open" onPress={open.run} isPending={open.running} data-testid="open-link">
            {dossier.opened_at ? m.act_open_again() : m.act_open()}
          </ActButton>
          {dossier.enrollment_pages === "window" && (
            <ActButton act="open-in-browser" icon="open" onPress={openInBrowser.run} isPending={openInBrowser.running} data-testid="open-in-browser">
              {m.act_open_in_browser()}
            </ActButton>
          )}
          {shown ? (
            <ActButton act="hide-qr" icon="qr" onPress={() => void hide.run()} isPending={hide.running} data-testid="hide-qr">
              {m.link_qr_hide()}
            </ActButton>
          ) : (
            <ActButton act="show-qr" look={look("phone")} icon="qr" onPress={show.run} isPending={show.running} data-testid="show-qr">
              {m.link_qr_show()}
            </ActButton>
          )}
          {!shown?.to_customer && (
            <ActButton act="open-customer-screen" icon="screen" onPress={turn.run} isPending={turn.running} data-testid="open-customer-screen">
              {m.link_customer_open()}
            </ActButton>
          )}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- the one thing left to do with a dossier made to be sent */}
          <ActButton act="mail-link" look={look("sent")} icon="mail" onPress={mail.run} isPending={mail.running} autoFocus={mode === "sent" && !uses.mailed_at && !uses.copied_at} data-testid="mail-link">
            {m.link_mail()}
          </ActButton>
          <ActButton act="copy-sms" icon="copy" onPress={copySms.run} isPending={copySms.running} data-testid="copy-sms">
            {m.link_copy_sms()}
          </ActButton>
          <ActButton act="copy-link" icon="copy" onPress={copyLink.run} isPending={copyLink.running} data-testid="copy-link">
            {m.link_copy()}
          </ActButton>
          {dossier.acts.interrupt && <Redo dossier={dossier} lettingGo={lettingGo} onAgain={onAgain} />}
        </div>
        <p className="faint link-note" role="status">
          <span key={said.turn}>{said.words || m.link_note()}</span>
        </p>
        {failed?.error && <ErrorBlock error={failed.error} acts={failed.error.retryable ? { retry: failed.run } : {}} onDismiss={failed.clear} />}
      </div>
      <Confirm open={asking !== undefined} title={m.second_device_title()} lead={m.second_device_lead()} act={m.second_device_act()} onConfirm={() => asking?.confirm()} onClose={() => asking?.refuse()} />
    </section>
  );
}
