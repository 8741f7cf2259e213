import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import licenceUrl from '../../../LICENSE?url';
import noticesUrl from '../../../THIRD-PARTY-NOTICES.md?url';
import { useSession } from '../../stores/session.ts';
import { tellFault } from '../takes/notices.tsx';
import { Section } from './section.tsx';
import classes from './settings-screen.module.css';

const TEXTS = [
  { title: 'Licence: GPL-3.0-or-later', label: 'Licence', url: licenceUrl },
  { title: 'Works of others in Timbre', label: 'Third-party notices', url: noticesUrl },
] as const;

/** Which Timbre this is, and under which licences its parts stand. */
export function AboutSection() {
  const status = useSession((state) => state.status);
  const [shown, setShown] = useState<{ title: string; text: string } | null>(null);

  async function show(title: string, url: string): Promise<void> {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`Status ${response.status}`);
      setShown({ title, text: await response.text() });
    } catch (thrown) {
      tellFault(thrown, 'The text could not be read');
    }
  }

  return (
    <Section title="About">
      <p className={classes.facts}>
        Timbre {status?.version}, {status?.shell === 'desktop' ? 'as a desktop app' : 'in the browser'}. Free software
        under the GNU General Public License, version 3 or later.
      </p>
      {status?.notices.map((notice) => (
        <p key={notice} className={classes.about}>
          {notice}
        </p>
      ))}
      <div className={classes.row}>
        {TEXTS.map(({ title, label, url }) => (
          <Button key={label} variant="default" onClick={() => void show(title, url)}>
            {label}
          </Button>
        ))}
      </div>
      <Modal
        closeButtonProps={{ 'aria-label': 'Close' }}
        opened={shown !== null}
        onClose={() => setShown(null)}
        title={shown?.title}
        size={760}
      >
        <pre className={classes.legal}>{shown?.text}</pre>
      </Modal>
    </Section>
  );
}
