import { useState } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import type { SettingsTab } from "../../app/settings-tabs";
import { useSetupDoor } from "../../app/setup-door";
import { useTitle } from "../../app/title";
import { useSession, useSettings } from "../../backend/queries";
import { Button } from "../../design/components/Button";
import { ErrorBlock } from "../../errors/ErrorBlock";
import { useMessages } from "../../i18n/language";
import { AboutTab } from "./AboutTab";
import { DisplayTab } from "./DisplayTab";
import { EnvironmentsTab } from "./environments/EnvironmentsTab";
import { JournalTab } from "./JournalTab";
import { ProcessesTab } from "./processes/ProcessesTab";
import { RegisterTab } from "./store/RegisterTab";
import "./Settings.css";

export function SettingsScreen({ tab, onTab }: { tab: SettingsTab; onTab: (tab: SettingsTab) => void }) {
  const m = useMessages();
  const settings = useSettings();
  const session = useSession();
  const openSetup = useSetupDoor();
  const [environmentBegun, setEnvironmentBegun] = useState(false);
  const [processBegun, setProcessBegun] = useState(false);
  useTitle(m.settings_title());
  if (settings.error) {
    return (
      <div className="settings">
        <ErrorBlock error={settings.error} acts={{ retry: () => void settings.refetch() }} />
      </div>
    );
  }
  if (!settings.data) return null;
  // What concerns the register itself is for who is signed in.
  const signedIn = Boolean(session.data?.current);
  return (
    <div className="settings">
      <div className="settings-head">
        <h1>{m.settings_title()}</h1>
        <Button small icon="settings" onPress={openSetup} data-testid="open-setup">
          {m.setup_title()}
        </Button>
      </div>
      <Tabs className="settings-tabs" selectedKey={tab} onSelectionChange={(key) => onTab(key as SettingsTab)}>
        <TabList className="tab-list settings-tab-list" aria-label={m.settings_tabs()}>
          <Tab id="display" className="tab" data-testid="settings-display">
            {m.settings_display()}
          </Tab>
          <Tab id="environments" className="tab" data-testid="settings-environments">
            {m.settings_environments()}
          </Tab>
          <Tab id="processes" className="tab" data-testid="settings-processes">
            {m.settings_processes()}
          </Tab>
          {signedIn && (
            <Tab id="register" className="tab" data-testid="settings-register">
              {m.settings_register()}
            </Tab>
          )}
          {signedIn && (
            <Tab id="journal" className="tab" data-testid="settings-journal">
              {m.settings_journal()}
            </Tab>
          )}
          <Tab id="about" className="tab" data-testid="settings-about">
            {m.settings_about()}
          </Tab>
        </TabList>
        <TabPanel id="display" className="settings-panel">
          <DisplayTab settings={settings.data} />
        </TabPanel>
        {/* A form that was begun outlives a look at another tab. */}
        <TabPanel id="environments" className="settings-panel" shouldForceMount={environmentBegun}>
          <EnvironmentsTab settings={settings.data} onBegun={setEnvironmentBegun} />
        </TabPanel>
        <TabPanel id="processes" className="settings-panel" shouldForceMount={processBegun}>
          <ProcessesTab settings={settings.data} onBegun={setProcessBegun} />
        </TabPanel>
        {signedIn && (
          <TabPanel id="register" className="settings-panel">
            <RegisterTab />
          </TabPanel>
        )}
        {signedIn && (
          <TabPanel id="journal" className="settings-panel">
            <JournalTab settings={settings.data} />
          </TabPanel>
        )}
        <TabPanel id="about" className="settings-panel">
          <AboutTab settings={settings.data} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
