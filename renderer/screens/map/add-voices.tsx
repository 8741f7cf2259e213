import { Button, Checkbox, Loader, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { SourceVoice, WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { type MappingSources, readSources } from '../../stores/mapping/mapping-calls.ts';
import { addVoices } from '../../stores/mapping/rows.ts';
import { useProviderNames } from '../desk/voice-browser-sources.ts';
import { tellFault } from '../takes/notices.tsx';
import classes from './add-voices.module.css';
import { countWords, labelWords, settingWords, sourceName } from './map-words.ts';

const ROW_HEIGHT = 42;

interface AddVoicesProps {
  mapping: WholeMapping;
  /** The provider whose voices are to be mapped. */
  provider: string;
  onDone?: () => void;
}

interface Reading {
  answer: MappingSources | null;
  fault: Fault | null;
}

/** The voices of a provider that can be mapped: those in use, where that is known. */
function useSources(provider: string): Reading & { again: () => void } {
  const [reading, setReading] = useState<Reading>({ answer: null, fault: null });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt reads them anew
  useEffect(() => {
    const stop = new AbortController();
    setReading({ answer: null, fault: null });
    readSources(provider, stop.signal).then(
      (answer) => stop.signal.aborted || setReading({ answer, fault: null }),
      (thrown) => stop.signal.aborted || setReading({ answer: null, fault: toFault(thrown) }),
    );
    return () => stop.abort();
  }, [provider, attempt]);
  return { ...reading, again: () => setAttempt(attempt + 1) };
}

const keyOf = ({ voiceId, voiceName }: SourceVoice): string => voiceId ?? voiceName;

/** What a search finds voices by. */
const matches = (source: SourceVoice, search: string): boolean =>
  `${sourceName(source)} ${labelWords(source)}`.toLowerCase().includes(search.trim().toLowerCase());

/** Lists voices with tick boxes and adds those that are ticked. */
export function AddVoices({ mapping, provider, onDone }: AddVoicesProps) {
  const { answer, fault, again } = useSources(provider);
  const nameOf = useProviderNames();
  if (fault !== null) {
    return (
      <FaultNotice
        fault={fault}
        action={
          <Button variant="default" onClick={again}>
            Try again
          </Button>
        }
      />
    );
  }
  if (answer === null) {
    return (
      <p className={classes.waiting} role="status">
        <Loader size={14} aria-hidden /> Looking which voices of {nameOf(provider)} are in use…
      </p>
    );
  }
  return <Choosing key={provider} mapping={mapping} answer={answer} {...(onDone ? { onDone } : {})} />;
}

function Choosing({ mapping, answer, onDone }: { mapping: WholeMapping; answer: MappingSources; onDone?: () => void }) {
  const there = useMemo(() => new Set(mapping.rows.map(({ source }) => keyOf(source))), [mapping.rows]);
  const free = useMemo(() => answer.sources.filter((source) => !there.has(keyOf(source))), [answer, there]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(answer.used ? free.map(keyOf) : []));
  const [search, setSearch] = useState('');
  const [busy, setBusy] = useState(false);
  const shown = useMemo(() => free.filter((source) => matches(source, search)), [free, search]);
  const chosen = free.filter((source) => ticked.has(keyOf(source)));
  const allTicked = shown.length > 0 && shown.every((source) => ticked.has(keyOf(source)));
  const tick = (sources: readonly SourceVoice[], on: boolean) => {
    const next = new Set(ticked);
    for (const source of sources) {
      if (on) next.add(keyOf(source));
      else next.delete(keyOf(source));
    }
    setTicked(next);
  };
  const add = async () => {
    setBusy(true);
    try {
      await addVoices(chosen);
      onDone?.();
    } catch (thrown) {
      tellFault(thrown, 'They were not added');
    } finally {
      setBusy(false);
    }
  };
  const found = answer.used ? `${countWords(free.length, 'voice')} in use` : `${countWords(free.length, 'voice')}`;
  return (
    <div className={classes.add}>
      <div className={classes.tools}>
        <Checkbox
          size="xs"
          label={found}
          checked={allTicked}
          indeterminate={!allTicked && chosen.length > 0}
          disabled={shown.length === 0}
          onChange={(event) => tick(shown, event.currentTarget.checked)}
        />
        <span className={classes.space} />
        <TextInput
          aria-label="Search these voices"
          placeholder="Search"
          leftSection={<IconSearch size={14} stroke={1.5} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      <SourceList sources={shown} ticked={ticked} onTick={(source, on) => tick([source], on)} />
      <p className={classes.about}>
        {answer.used
          ? 'What the account’s history has been spoken with, the most used first.'
          : 'Which of them are in use is not known: tick those that you need.'}
        {there.size > 0 && ` ${countWords(there.size, 'voice')} of the mapping are not listed.`}
      </p>
      <div className={classes.foot}>
        <Button disabled={chosen.length === 0} loading={busy} data-autofocus onClick={() => void add()}>
          {chosen.length === 0 ? 'Add voices' : `Add ${countWords(chosen.length, 'voice')}`}
        </Button>
      </div>
    </div>
  );
}

interface SourceListProps {
  sources: readonly SourceVoice[];
  ticked: ReadonlySet<string>;
  onTick: (source: SourceVoice, on: boolean) => void;
}

/** Voices with tick boxes, of which only those on screen are drawn. */
function SourceList({ sources, ticked, onTick }: SourceListProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: sources.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  });
  return (
    <div ref={scroll} className={classes.scroll}>
      <ul className={classes.list} style={{ height: virtual.getTotalSize() }} aria-label="Voices to add">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const source = sources[index];
          if (source === undefined) return null;
          const key = keyOf(source);
          const about = [labelWords(source), settingWords(source)].filter((word) => word !== '' && word !== 'as it is');
          return (
            <li
              key={key}
              className={classes.item}
              style={{ transform: `translateY(${start}px)` }}
              aria-setsize={sources.length}
              aria-posinset={index + 1}
            >
              <Checkbox
                size="xs"
                classNames={{ body: classes.body ?? '', labelWrapper: classes.labelWrapper ?? '' }}
                label={
                  <span className={classes.words}>
                    <span className={classes.name}>{sourceName(source)}</span>
                    <span className={classes.labels}>{about.join(' · ')}</span>
                  </span>
                }
                checked={ticked.has(key)}
                onChange={(event) => onTick(source, event.currentTarget.checked)}
              />
            </li>
          );
        })}
      </ul>
      {sources.length === 0 && <p className={classes.none}>No voice is there to be added.</p>}
    </div>
  );
}
