//! The computer is about to sleep, or the person's own session on it was locked: the desk locks too.
//!
//! Linux: logind on the system bus, and the screen saver on the session's bus where a desktop does not use logind. On
//! Windows and macOS nothing is told here: what locks there is the time without input, which counts the time asleep.

#[cfg(target_os = "linux")]
pub fn watch(desk: &back_office::Desk) {
    let (logind, screen_saver) = (desk.clone(), desk.clone());
    tauri::async_runtime::spawn(async move {
        if let Err(error) = linux::logind(&logind).await {
            tracing::warn!(%error, "sleep and locks of this computer are not told to the desk");
        }
    });
    tauri::async_runtime::spawn(async move {
        if let Err(error) = linux::screen_saver(&screen_saver).await {
            tracing::warn!(%error, "the screen saver is not told to the desk");
        }
    });
}

#[cfg(not(target_os = "linux"))]
pub fn watch(_desk: &back_office::Desk) {}

#[cfg(target_os = "linux")]
mod linux {
    use back_office::{Desk, views::session::LockReason};
    use futures::{StreamExt as _, stream};
    use zbus::{
        Connection, MatchRule, Message, MessageStream, message::Type, zvariant::OwnedObjectPath,
    };

    const LOGIND: &str = "org.freedesktop.login1";
    const MANAGER: &str = "org.freedesktop.login1.Manager";

    pub(super) async fn logind(desk: &Desk) -> zbus::Result<()> {
        let bus = Connection::system().await?;
        let sleeps = signals(&bus, MANAGER, "PrepareForSleep").await?;
        let locks = signals(&bus, "org.freedesktop.login1.Session", "Lock").await?;
        let own = own_session(&bus).await;
        let mut told = stream::select(sleeps, locks);
        while let Some(message) = told.next().await {
            if let Some(reason) = message
                .ok()
                .and_then(|signal| meaning(&signal, own.as_ref()))
            {
                desk.lock(reason).await;
            }
        }
        Ok(())
    }

    pub(super) async fn screen_saver(desk: &Desk) -> zbus::Result<()> {
        let bus = Connection::session().await?;
        let standard = signals(&bus, "org.freedesktop.ScreenSaver", "ActiveChanged").await?;
        let gnome = signals(&bus, "org.gnome.ScreenSaver", "ActiveChanged").await?;
        let mut told = stream::select(standard, gnome);
        while let Some(message) = told.next().await {
            if message.is_ok_and(|signal| is_true(&signal)) {
                desk.lock(LockReason::System).await;
            }
        }
        Ok(())
    }

    async fn signals(
        bus: &Connection,
        interface: &'static str,
        member: &'static str,
    ) -> zbus::Result<MessageStream> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface(interface)?
            .member(member)?
            .build();
        MessageStream::for_match_rule(rule, bus, None).await
    }

    /// `None` where logind cannot tell: then the lock of any session here counts.
    async fn own_session(bus: &Connection) -> Option<OwnedObjectPath> {
        let answer = bus
            .call_method(
                Some(LOGIND),
                "/org/freedesktop/login1",
                Some(MANAGER),
                "GetSession",
                &"auto",
            )
            .await
            .ok()?;
        answer.body().deserialize().ok()
    }

    fn meaning(signal: &Message, own: Option<&OwnedObjectPath>) -> Option<LockReason> {
        let header = signal.header();
        match header.member()?.as_str() {
            // Told again, with `false`, after the computer woke.
            "PrepareForSleep" => is_true(signal).then_some(LockReason::Suspend),
            "Lock" => own
                .is_none_or(|own| header.path() == Some(&**own))
                .then_some(LockReason::System),
            _ => None,
        }
    }

    fn is_true(signal: &Message) -> bool {
        signal.body().deserialize().unwrap_or(false)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn signal(path: &str, member: &str, body: Option<bool>) -> Message {
            let begun = Message::signal(path, MANAGER, member).unwrap();
            match body {
                Some(word) => begun.build(&word).unwrap(),
                None => begun.build(&()).unwrap(),
            }
        }

        #[test]
        fn falling_asleep_locks_and_waking_does_not() {
            let asleep = signal("/org/freedesktop/login1", "PrepareForSleep", Some(true));
            let awake = signal("/org/freedesktop/login1", "PrepareForSleep", Some(false));
            assert_eq!(meaning(&asleep, None), Some(LockReason::Suspend));
            assert_eq!(meaning(&awake, None), None);
        }

        #[test]
        fn only_the_own_session_counts_where_it_is_known() {
            let own = OwnedObjectPath::try_from("/org/freedesktop/login1/session/_31").unwrap();
            let ours = signal("/org/freedesktop/login1/session/_31", "Lock", None);
            let other = signal("/org/freedesktop/login1/session/_32", "Lock", None);
            assert_eq!(meaning(&ours, Some(&own)), Some(LockReason::System));
            assert_eq!(meaning(&other, Some(&own)), None);
            assert_eq!(meaning(&other, None), Some(LockReason::System));
        }

        #[test]
        fn a_signal_with_another_body_locks_nothing() {
            let odd = signal("/org/freedesktop/login1", "PrepareForSleep", None);
            assert_eq!(meaning(&odd, None), None);
        }
    }
}
