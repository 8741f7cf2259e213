import { ActionIcon, Button, Switch, Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowsLeftRight, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useMemo, useState } from 'react';
import { type PairLine, type Side, saysSame } from '../../../shared/matching/pair-lines.ts';
import type { MappedVoice, MappingRow } from '../../../shared/schemas/mapping.ts';
import { usePlayer } from '../../player/player-store.ts';
import { isSounding } from '../../stores/heard.ts';
import { flipSides, hearSide, usePairHearing } from '../../stores/mapping/hear-pair.ts';
import { lineInHand, linesOf, stepLine, usePair } from '../../stores/mapping/pair.ts';
import { setEqualLoudness, usePairSound } from '../../stores/mapping/pair-sound.ts';
import { cancelLine, linePrice, renderLine, useLineRender } from '../../stores/mapping/render-line.ts';
import { slotColour } from '../compare/slot-colours.ts';
import { choiceName, sourceName } from './map-words.ts';
import classes from './pair-player.module.css';

/** Hears both voices of a row saying a line, one against the other. */
export function PairPlayer({ row }: { row: MappingRow }) {
  const { takes, rendered, reading, lineKey } = usePair();
  const lines = useMemo(() => linesOf(row, { takes, rendered }), [row, takes, rendered]);
  const line = lineInHand(lines, lineKey);
  const { source, choice } = row;
  return (
    <section className={classes.player} aria-label="Listening">
      <div className={classes.sides}>
        <SideButton side="old" name={sourceName(source)} there={line?.old != null} />
        <Tooltip label="Flip to the other one (X)">
          <ActionIcon aria-label="Flip to the other one" aria-keyshortcuts="X" onClick={flipSides}>
            <IconArrowsLeftRight size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <SideButton side="new" name={choice === null ? 'Nobody yet' : choiceName(choice)} there={line?.new != null} />
      </div>
      {line === null ? (
        <p className={classes.none}>
          {reading ? 'Reading…' : 'Nothing of them was heard yet: find the nearest voices first.'}
        </p>
      ) : (
        <Line line={line} place={lines.indexOf(line)} of={lines.length} />
      )}
      {line !== null && <Notes line={line} />}
      {line !== null && line.new === null && choice !== null && <RenderButton choice={choice} line={line} />}
    </section>
  );
}

function SideButton({ side, name, there }: { side: Side; name: string; there: boolean }) {
  const heard = usePairHearing((state) => state.side === side);
  const sounding = usePlayer(({ status }) => isSounding(status));
  const key = side === 'old' ? '1' : '2';
  return (
    <UnstyledButton
      className={classes.side}
      style={{ '--slot': slotColour(side === 'old' ? 0 : 1) } as CSSProperties}
      aria-pressed={heard}
      aria-keyshortcuts={key}
      disabled={!there}
      data-side={side}
      data-sounding={(heard && sounding) || undefined}
      onClick={() => hearSide(side)}
    >
      <kbd className={classes.key} aria-hidden>
        {key}
      </kbd>
      <span className={classes.words}>
        <span className={classes.which}>
          <VisuallyHidden>Hear the voice: </VisuallyHidden>
          {side === 'old' ? 'Old' : 'New'}
        </span>
        <span className={classes.name}>{name}</span>
      </span>
    </UnstyledButton>
  );
}

function Line({ line, place, of }: { line: PairLine; place: number; of: number }) {
  return (
    <div className={classes.line}>
      <ActionIcon size={24} aria-label="Line before" disabled={of < 2} onClick={() => stepLine(-1)}>
        <IconChevronLeft size={15} stroke={1.6} />
      </ActionIcon>
      <p className={classes.text} title={line.text}>
        {line.text || line.old?.name || 'A recording without a text'}
      </p>
      <span className={classes.count} title={`Line ${place + 1} of ${of}`}>
        {place + 1}/{of}
      </span>
      <ActionIcon size={24} aria-label="Next line" disabled={of < 2} onClick={() => stepLine(1)}>
        <IconChevronRight size={15} stroke={1.6} />
      </ActionIcon>
    </div>
  );
}

/** What is to be known of what is heard. */
function Notes({ line }: { line: PairLine }) {
  const { equalLoudness, unequal, sounds } = usePairSound();
  const note = usePairHearing((state) => state.note);
  const side = usePairHearing((state) => state.side);
  const sounding = usePlayer(({ status }) => isSounding(status));
  const words = saysSame(line)
    ? note === 'untrusted'
      ? 'They do not seem to say the same words: the sentence begins anew.'
      : note === 'unaligned'
        ? 'Not aligned yet: it went on at the same part of the way.'
        : 'A flip lands on the same word.'
    : line.old && line.new
      ? 'Each says its own words: a flip begins anew.'
      : `Only the ${line.old ? 'old' : 'new'} one says this.`;
  return (
    <div className={classes.foot}>
      <p className={classes.note}>{unequal === null ? words : `Not equally loud: ${unequal.message}`}</p>
      <Switch
        size="xs"
        label="Equal loudness"
        className={classes.equal ?? ''}
        disabled={sounds.length < 2}
        checked={equalLoudness}
        onChange={(event) => setEqualLoudness(event.currentTarget.checked)}
      />
      <VisuallyHidden aria-live="polite">
        {side === null ? '' : `The ${side} voice ${sounding ? 'is heard' : 'is chosen'}.`}
      </VisuallyHidden>
    </div>
  );
}

/** Lets the new voice say the line as it is set. What that costs stands on it. */
function RenderButton({ choice, line }: { choice: MappedVoice; line: PairLine }) {
  const { busy, fault } = useLineRender();
  const [price, setPrice] = useState<string | null>(null);
  const { voiceId, modelId } = choice;
  const { text } = line;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the price is that of voice, model and text
  useEffect(() => {
    const stop = new AbortController();
    setPrice(null);
    if (text !== '') {
      void linePrice(choice, text, stop.signal).then((found) => stop.signal.aborted || setPrice(found));
    }
    return () => stop.abort();
  }, [voiceId, modelId, text]);
  if (text === '') return null;
  if (busy) {
    return (
      <Button variant="default" loading={false} onClick={cancelLine}>
        Cancel the render
      </Button>
    );
  }
  return (
    <>
      {fault && (
        <p className={classes.fault} role="alert">
          {fault.message} {fault.todo}
        </p>
      )}
      <Button
        variant="default"
        disabled={price === null}
        data-render-line
        onClick={() => void renderLine(choice, text)}
      >
        Let {choiceName(choice)} say it{price === null ? '' : ` (${price})`}
      </Button>
    </>
  );
}
