import { Button, EmptyState, VisuallyHidden } from '@mantine/core';
import { IconWaveSine } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { provideCommand } from '../../stores/commands.ts';
import { loadComparisons, useComparisons } from '../../stores/compare/comparisons.ts';
import {
  flipBack,
  followGains,
  followText,
  hearPlace,
  markHere,
  playOrPauseSlot,
  stepWord,
  stopSlots,
  toggleSlotLoop,
  useListening,
} from '../../stores/compare/listen.ts';
import { renderAndHear } from '../../stores/compare/render-and-hear.ts';
import { cancelSlots, loadTakes } from '../../stores/compare/render-slots.ts';
import { currentText, editSlot, useCompareView } from '../../stores/compare/slots.ts';
import { followCompareSound } from '../../stores/compare/sound.ts';
import { stepText } from '../../stores/compare/texts.ts';
import { useExports } from '../../stores/exports.ts';
import { useProjects } from '../../stores/projects.ts';
import { useVoices } from '../../stores/voices.ts';
import { tellFault } from '../takes/notices.tsx';
import { AxisView } from './axis-view.tsx';
import { beginComparison } from './begin.ts';
import { BlindMenu } from './blind/blind-menu.tsx';
import { GuestTests } from './blind/guest-tests.tsx';
import { CompareHead } from './compare-head.tsx';
import classes from './compare-screen.module.css';
import { DecideBar } from './decide-bar.tsx';
import { FlipNotes } from './flip-notes.tsx';
import { SlotEditor } from './slot-editor.tsx';
import { SlotsTable } from './slots-table.tsx';
import { TextsList } from './texts-list.tsx';
import { WordStrip } from './word-strip.tsx';

const ExportDialog = lazy(() => import('../export/export-dialog.tsx'));

/** Keys that mean something of their own here. */
function useCompareCommands(): void {
  useEffect(() => {
    const focus = (selector: string) => document.querySelector<HTMLElement>(selector)?.focus();
    const edit = () => {
      const { current } = useComparisons.getState();
      editSlot(useListening.getState().slotId ?? current?.slots[0]?.id ?? null);
    };
    const stops = [
      provideCommand('play', playOrPauseSlot),
      provideCommand('stop', stopSlots),
      provideCommand('loop', toggleSlotLoop),
      provideCommand('skip-back', () => stepWord(-1)),
      provideCommand('skip-forward', () => stepWord(1)),
      provideCommand('next-take', () => stepText(1)),
      provideCommand('previous-take', () => stepText(-1)),
      provideCommand('render', () => void renderAndHear(false)),
      provideCommand('another-take', () => void renderAndHear(true)),
      provideCommand('cancel', () => void cancelSlots()),
      provideCommand('text', () => focus('[data-compare-text]')),
      provideCommand('voices', edit),
      provideCommand('flip', flipBack),
      provideCommand('region-start', () => markHere('start')),
      provideCommand('region-end', () => markHere('end')),
      ...([1, 2, 3, 4, 5, 6, 7, 8] as const).map((number) =>
        provideCommand(`slot-${number}`, () => hearPlace(number - 1)),
      ),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** Opens the comparisons of the project, and follows the sound of the one that is open. */
function useOpenComparison(): void {
  const projectId = useProjects((state) => state.currentId);
  const current = useComparisons((state) => state.current);
  const textId = useCompareView((state) => state.textId);
  const text = currentText(current, textId);
  const wanted = current && text ? `${current.id}/${text.id}` : null;
  useEffect(() => {
    if (projectId !== null) void loadComparisons(projectId);
  }, [projectId]);
  useEffect(() => {
    const open = useComparisons.getState().current;
    const shown = currentText(open, useCompareView.getState().textId);
    if (wanted !== null && open && shown) void loadTakes(open, [shown]);
    useListening.setState({ region: null, note: null });
  }, [wanted]);
  const placed = current?.takes;
  // Takes that were asked for before the page was loaded, or in another window, find their cells by themselves.
  useEffect(() => {
    const open = useComparisons.getState().current;
    const shown = currentText(open, useCompareView.getState().textId);
    if (placed !== undefined && open && shown) void loadTakes(open, [shown]);
  }, [placed]);
  useEffect(() => {
    const stops = [followCompareSound(), followGains(), followText()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}

/** Slots side by side: heard against each other at the same word and the same loudness. */
export function CompareScreen() {
  useOpenComparison();
  useCompareCommands();
  const { current, status, fault } = useComparisons();
  const exporting = useExports((state) => state.takeIds.length > 0);
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">Compare</VisuallyHidden>
      {fault !== null && (
        <div className={classes.fault}>
          <FaultNotice fault={fault} />
        </div>
      )}
      {current !== null && <OpenComparison comparison={current} />}
      {current === null && status === 'ready' && fault === null && <Nothing />}
      <Suspense fallback={null}>{exporting && <ExportDialog />}</Suspense>
    </div>
  );
}

function OpenComparison({ comparison }: { comparison: Comparison }) {
  const textId = useCompareView((state) => state.textId);
  const text = currentText(comparison, textId);
  return (
    <div className={classes.open}>
      <div className={classes.main}>
        <CompareHead comparison={comparison} tools={<BlindMenu comparison={comparison} />} />
        <SlotsTable comparison={comparison} />
        <div className={classes.lower}>
          <TextsList comparison={comparison} />
          <section className={classes.picture} aria-label="What is heard">
            {text !== null && <WordStrip text={text} />}
            <FlipNotes comparison={comparison} />
            {text !== null && <AxisView comparison={comparison} text={text} />}
            {text !== null && <DecideBar comparison={comparison} text={text} />}
          </section>
        </div>
      </div>
      <SlotEditor comparison={comparison} />
    </div>
  );
}

function Nothing() {
  const ready = useVoices((state) => state.voices.length > 0);
  const begin = () => beginComparison().catch((thrown) => tellFault(thrown, 'It was not begun'));
  return (
    <div className={classes.nothing}>
      <EmptyState icon={<IconWaveSine size={40} stroke={1.2} aria-hidden />}>
        <h2 className={classes.title}>Hear voices against each other</h2>
        <p className={classes.words}>
          Put two to eight slots side by side: any voice, model and settings, speaking the same text. Flip between them
          while they play: the flip lands on the same word, at the same loudness. Then decide, blind if you like.
        </p>
        <Button disabled={!ready} onClick={() => void begin()}>
          Compare the voice in Tune with another one
        </Button>
        <GuestTests />
      </EmptyState>
    </div>
  );
}

export default CompareScreen;
