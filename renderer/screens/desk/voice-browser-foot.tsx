import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconArrowsJoin, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Fault } from '../../../shared/errors.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { showProvider } from '../../stores/provider-cards.ts';
import { useVoices } from '../../stores/voices.ts';
import { fieldOf } from '../settings/providers/provider-words.ts';
import { tellFault } from '../takes/notices.tsx';
import classes from './voice-browser-foot.module.css';
import { listWords } from './voice-browser-words.ts';

/** A tooltip that the keyboard reaches, too. */
const REACHED = { hover: true, focus: true, touch: true };

/** Milliseconds after which ages are told anew. */
const TICK = 20_000;

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Lists that could not be read: why, and what to do. Their old voices stay. */
function Faults({ onClose }: { onClose: () => void }) {
  const lists = useVoices((state) => state.lists);
  const faulty = lists.flatMap(({ provider, name, fault }) => (fault === null ? [] : [{ provider, name, fault }]));
  if (faulty.length === 0) return null;
  const show = (provider: string, fault: Fault) => {
    onClose();
    showProvider(provider, fieldOf(fault));
  };
  return (
    <div className={classes.faults} role="alert">
      {faulty.map(({ provider, name, fault }) => (
        <div key={provider} className={classes.fault}>
          <IconAlertTriangle size={14} stroke={1.6} className={classes.sign} aria-hidden />
          <span>
            The voices of {name} were not read. {fault.message}{' '}
            {fault.todo && <span className={classes.todo}>{fault.todo}</span>}
          </span>
          <Button variant="subtle" aria-label={`Show ${name} in Settings`} onClick={() => show(provider, fault)}>
            Settings
          </Button>
        </div>
      ))}
    </div>
  );
}

/** How old each list is, and the way to have them read anew. */
function Ages() {
  const lists = useVoices((state) => state.lists);
  const refresh = useVoices((state) => state.refresh);
  const [asked, setAsked] = useState(false);
  const now = useNow();
  const busy = asked || lists.some(({ refreshing }) => refreshing);
  const words = lists.map((list) => listWords(list, Math.max(now, list.at ?? 0)));
  const read = async () => {
    if (busy) return;
    setAsked(true);
    try {
      await refresh();
    } catch (thrown) {
      tellFault(thrown, 'The voices were not read anew');
    } finally {
      setAsked(false);
    }
  };
  const whole = (first?: string) => <div className={classes.whole}>{[first, ...words].filter(Boolean).join('\n')}</div>;
  return (
    <>
      <Tooltip label={whole()} position="bottom-start">
        <span className={classes.ages}>{words.join(' · ')}</span>
      </Tooltip>
      <Tooltip
        label={whole(busy ? 'The voices are being read' : 'Read the voices anew')}
        position="bottom-end"
        events={REACHED}
      >
        <ActionIcon aria-label="Read the voices anew" aria-busy={busy} aria-disabled={busy} onClick={() => void read()}>
          <IconRefresh size={15} stroke={1.5} className={busy ? classes.turning : undefined} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** Where more voices come from, while there are only those of this computer. */
function MoreVoices({ onClose }: { onClose: () => void }) {
  const go = useNavigation((state) => state.go);
  const open = () => {
    onClose();
    go('settings');
  };
  return (
    <>
      <span className={classes.ages}>Add ElevenLabs or a Chatterbox server in Settings.</span>
      <Button variant="subtle" onClick={open}>
        Open Settings
      </Button>
    </>
  );
}

interface FootProps {
  /** How many voices the filters leave. */
  shown: number;
  onBlend: () => void;
  onClose: () => void;
}

/** How many voices are shown, how old their lists are, and what else can be done. */
export function VoiceBrowserFoot({ shown, onBlend, onClose }: FootProps) {
  const total = useVoices((state) => state.voices.length);
  const alone = useVoices((state) => state.lists.length === 0);
  const ready = useVoices((state) => state.status === 'ready');
  return (
    <div className={classes.foot}>
      <Faults onClose={onClose} />
      <div className={classes.line}>{alone ? ready && <MoreVoices onClose={onClose} /> : <Ages />}</div>
      <div className={classes.line}>
        <span aria-live="polite">
          {shown.toLocaleString('en')} of {total.toLocaleString('en')}
        </span>
        <Button variant="subtle" leftSection={<IconArrowsJoin size={15} stroke={1.5} />} onClick={onBlend}>
          Blend two voices
        </Button>
      </div>
    </div>
  );
}
