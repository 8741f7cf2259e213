import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { LibrarySection } from './library-section.tsx';
import { ProvidersSection } from './providers-section.tsx';
import classes from './settings-screen.module.css';
import { SoundSection } from './sound-section.tsx';

/** Providers, library, sound, appearance, and what this studio is made of. */
export function SettingsScreen() {
  return (
    <div className={classes.screen}>
      <div className={classes.column}>
        <h1 className={classes.title}>Settings</h1>
        <ProvidersSection />
        <LibrarySection />
        <SoundSection />
        <AppearanceSection />
        <AboutSection />
      </div>
    </div>
  );
}

export default SettingsScreen;
