import { ActionIcon, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconPlayerStopFilled } from '@tabler/icons-react';
import type { CSSProperties, KeyboardEvent } from 'react';
import type { Trait } from '../../../shared/report/slot-traits.ts';
import type { Comparison, ComparisonText, Slot } from '../../../shared/schemas/comparison.ts';
import { type CellState, cellState, useCells } from '../../stores/compare/cells.ts';
import { hearSlot, useListening } from '../../stores/compare/listen.ts';
import { cancelSlots } from '../../stores/compare/render-slots.ts';
import { currentText, editSlot, moveSlot, useCompareView } from '../../stores/compare/slots.ts';
import { useCompareSound } from '../../stores/compare/sound.ts';
import { modelOf, useVoices, voiceOf } from '../../stores/voices.ts';
import { letterOf, slotColour } from './slot-colours.ts';
import { type SlotFigures, slotFigures } from './slot-figures.ts';
import { SlotMenu } from './slot-menu.tsx';
import classes from './slots-table.module.css';
import { CELL, ROW } from './table-roles.ts';

interface SlotRowProps {
  comparison: Comparison;
  slot: Slot;
  place: number;
  traits: readonly Trait[];
  differs: { voice: boolean; model: boolean };
}

/** How a cell is, in a word. */
export function stateWords({ making, fault, take, stale }: CellState): { is: string; words: string; why?: string } {
  if (making?.stage === 'asked') return { is: 'making', words: 'asked' };
  if (making?.stage === 'cancelling') return { is: 'making', words: 'cancelling' };
  if (making) return { is: 'making', words: 'rendering' };
  if (fault) return { is: 'failed', words: 'failed', why: [fault.message, fault.todo].filter(Boolean).join(' ') };
  if (take === null) return { is: 'none', words: 'not rendered' };
  if (take.state === 'rendering') return { is: 'making', words: 'rendering' };
  if (take.state !== 'done') return { is: 'failed', words: take.state, why: take.fault?.message ?? '' };
  if (stale) return { is: 'stale', words: 'changed', why: 'Slot or text were changed since: render it again.' };
  return { is: 'done', words: take.cached ? 'kept' : 'done' };
}

const FIGURES: readonly (keyof SlotFigures)[] = [
  'first',
  'total',
  'cost',
  'loudness',
  'gain',
  'length',
  'pace',
  'pitch',
  'range',
];

/** Figures that stand there where there is room. */
const MORE: ReadonlySet<keyof SlotFigures> = new Set(['total', 'cost', 'pace', 'pitch', 'range']);

/** One slot: its letter plays it, its name opens voice and controls. */
export function SlotRow({ comparison, slot, place, traits, differs }: SlotRowProps) {
  const textId = useCompareView((state) => state.textId);
  const edited = useCompareView((state) => state.editing === slot.id);
  const heard = useListening((state) => state.slotId === slot.id);
  const cells = useCells();
  const text = currentText(comparison, textId) as ComparisonText;
  const state = cellState(cells, comparison, slot, text);
  const { take, making } = state;
  const level = useCompareSound((sound) => sound.levels.get(take?.id ?? '') ?? null);
  const gain = useCompareSound((sound) => sound.gains.get(take?.id ?? '') ?? null);
  const figures = slotFigures(take, level, comparison.equalLoudness ? gain : null);
  const { is, words, why } = stateWords(state);
  const style = { '--slot': slotColour(place) } as CSSProperties;
  const onKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    moveSlot(slot.id, place + by);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the controls inside
    <div
      {...ROW}
      className={`${classes.columns} ${classes.row}`}
      style={style}
      data-heard={heard || undefined}
      data-edited={edited || undefined}
      data-slot={letterOf(place)}
      data-take={take?.id}
      onKeyDown={onKey}
    >
      <span {...CELL}>
        <Letter slotId={slot.id} place={place} heard={heard} silent={take === null && making === null} />
      </span>
      <span {...CELL} className={classes.cell}>
        <Who slot={slot} place={place} differs={differs} />
      </span>
      <span {...CELL} className={classes.traits}>
        {traits.map(({ words: own, differs: other }) => (
          <span key={own} className={classes.trait} data-differs={other || undefined}>
            {own}
          </span>
        ))}
      </span>
      <span {...CELL} className={classes.state} data-is={is} title={why}>
        {words}
      </span>
      {FIGURES.map((name) => (
        <span
          key={name}
          {...CELL}
          className={MORE.has(name) ? `${classes.figure} ${classes.more}` : classes.figure}
          data-figure={name}
          data-dim={figures[name] === '–' || undefined}
        >
          {figures[name]}
        </span>
      ))}
      <span {...CELL} className={classes.deeds}>
        {making ? (
          <Tooltip label="Cancel">
            <ActionIcon aria-label={`Cancel ${letterOf(place)}`} onClick={() => void cancelSlots(slot.id)}>
              <IconPlayerStopFilled size={15} />
            </ActionIcon>
          </Tooltip>
        ) : null}
        <SlotMenu comparison={comparison} slot={slot} place={place} take={take} />
      </span>
    </div>
  );
}

function Letter({ slotId, place, heard, silent }: { slotId: string; place: number; heard: boolean; silent: boolean }) {
  return (
    <UnstyledButton
      className={classes.letter}
      aria-label={`Hear ${letterOf(place)}`}
      aria-pressed={heard}
      aria-keyshortcuts={String(place + 1)}
      disabled={silent}
      onClick={() => hearSlot(slotId)}
    >
      {letterOf(place)}
    </UnstyledButton>
  );
}

function Who({ slot, place, differs }: { slot: Slot; place: number; differs: { voice: boolean; model: boolean } }) {
  const voices = useVoices();
  const voice = voiceOf(voices, slot.voiceId);
  const model = modelOf(voices, slot.voiceId, slot.modelId);
  const name = slot.name || voice?.name || slot.voiceName || slot.voiceId;
  const about = [slot.name !== '' && (voice?.name ?? slot.voiceName), model?.name, voice?.languages[0]];
  return (
    <UnstyledButton
      data-who
      className={classes.who}
      data-differs={differs.voice || undefined}
      onClick={() => editSlot(slot.id)}
    >
      <VisuallyHidden>Voice and controls of {letterOf(place)}: </VisuallyHidden>
      <span className={classes.name}>{name}</span>
      <span className={classes.model} title={about.filter(Boolean).join(' · ')}>
        {voice === null ? 'this voice is not there' : about.filter(Boolean).join(' · ')}
      </span>
    </UnstyledButton>
  );
}
