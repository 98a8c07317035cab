import type { Backend } from "../backend";
import type { DossierView } from "../generated/DossierView";
import qr from "./pictures/qr.svg";
import type { Stage } from "./stage";

type LinkCommands = Pick<Backend, "openLink" | "showLink" | "hideLink" | "closeCustomerScreen" | "mailLink" | "copyLink" | "linkPictureUrl">;

/** The link's ways out, guarded as the real desk guards them. */
export function linkCommands(stage: Stage, get: (id: string) => DossierView, put: (view: DossierView) => DossierView): LinkCommands {
  const at = () => new Date(stage.now()).toISOString();
  const guarded = (id: string, confirmed: boolean, elsewhere: (view: DossierView) => boolean): DossierView => {
    const view = get(id);
    return !confirmed && elsewhere(view) ? stage.reject("second_device") : view;
  };
  const sent = ({ link_uses }: DossierView) => link_uses.mailed_at !== null || link_uses.copied_at !== null;
  const begun = ({ row }: DossierView) => row.status?.known === "STARTED";
  const shown = ({ link_uses }: DossierView) => link_uses.shown_at !== null;
  const used = (view: DossierView, use: Partial<DossierView["link_uses"]>) => ({ ...view, link_uses: { ...view.link_uses, ...use } });
  const sends = (id: string, confirmed: boolean) => guarded(id, confirmed, (view) => view.opened_at !== null || (begun(view) && shown(view) && !sent(view)));
  return {
    openLink: (id, lang, pages, confirmed) =>
      stage.answer("openLink", [id, lang, pages, confirmed], () => {
        const view = guarded(id, confirmed, (before) => shown(before) || sent(before));
        const windowed = view.enrollment_pages === "window" && pages !== "browser";
        return put({ ...view, opened_at: at(), enrollment_window: windowed ? { camera: false } : view.enrollment_window });
      }),
    showLink: (id, form) =>
      stage.answer("showLink", [id, form], () => {
        const view = guarded(id, form.confirmed, (before) => before.shown_link === null && (before.opened_at !== null || (begun(before) && sent(before) && !shown(before))));
        const to_customer = form.to_customer || (view.shown_link?.to_customer ?? false);
        return put({ ...used(view, { shown_at: at() }), shown_link: { ticket: "0a1b2c3d", lang: form.lang, to_customer } });
      }),
    hideLink: (id) => stage.answer("hideLink", [id], () => put({ ...get(id), shown_link: null })),
    closeCustomerScreen: () =>
      stage.answer("closeCustomerScreen", [], () => {
        for (const view of stage.dossiers()) {
          if (view.shown_link?.to_customer) put({ ...view, shown_link: { ...view.shown_link, to_customer: false } });
        }
      }),
    mailLink: (id, lang, confirmed) => stage.answer("mailLink", [id, lang, confirmed], () => put(used(sends(id, confirmed), { mailed_at: at() }))),
    copyLink: (id, form) => stage.answer("copyLink", [id, form], () => ({ dossier: put(used(sends(id, form.confirmed), { copied_at: at() })), seconds: 30 })),
    linkPictureUrl: () => qr,
  };
}
