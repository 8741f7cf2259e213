import { Button, Checkbox, Loader, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { SourceVoice, WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { type ListedVoice, type MappingSources, readSources } from '../../stores/mapping/mapping-calls.ts';
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

/** The voices that are listed: not those of the mapping, and, where it is known, only those in use unless all are wanted. */
function useListed({ rows }: WholeMapping, { sources, used }: MappingSources) {
  const there = useMemo(() => new Set(rows.map(({ source }) => keyOf(source))), [rows]);
  const free = useMemo(() => sources.filter((source) => !there.has(keyOf(source))), [sources, there]);
  const [all, setAll] = useState(!used || free.every(({ lines }) => lines === null));
  const listed = useMemo(() => (all ? free : free.filter(({ lines }) => lines !== null)), [all, free]);
  return { there: there.size, free, listed, all, setAll };
}

function Choosing({ mapping, answer, onDone }: { mapping: WholeMapping; answer: MappingSources; onDone?: () => void }) {
  const { there, free, listed, all, setAll } = useListed(mapping, answer);
  const inUse = free.filter(({ lines }) => lines !== null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(inUse.map(keyOf)));
  const [search, setSearch] = useState('');
  const [busy, setBusy] = useState(false);
  const shown = useMemo(() => listed.filter((source) => matches(source, search)), [listed, search]);
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
      await addVoices(chosen.map(({ lines: _, ...source }) => source));
      onDone?.();
    } catch (thrown) {
      tellFault(thrown, 'They were not added');
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={classes.add}>
      <div className={classes.tools}>
        <Checkbox
          size="xs"
          label={all ? countWords(listed.length, 'voice') : `${countWords(listed.length, 'voice')} in use`}
          checked={allTicked}
          indeterminate={!allTicked && shown.some((source) => ticked.has(keyOf(source)))}
          disabled={shown.length === 0}
          onChange={(event) => tick(shown, event.currentTarget.checked)}
        />
        <span className={classes.space} />
        {answer.used && (
          <Switch
            label={`All ${free.length.toLocaleString('en')} voices`}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )}
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
          ? 'In use: what the history of the account was spoken with. Timbre asked for nothing that costs.'
          : 'Which of them are in use is not known: tick those that you need.'}
        {there > 0 && ` ${countWords(there, 'voice')} of the mapping ${there === 1 ? 'is' : 'are'} not listed.`}
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
  sources: readonly ListedVoice[];
  ticked: ReadonlySet<string>;
  onTick: (source: ListedVoice, on: boolean) => void;
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
                  <span className={classes.words} title={`In use with: ${settingWords(source)}`}>
                    <span className={classes.name}>{sourceName(source)}</span>
                    <span className={classes.labels}>{labelWords(source) || '\u00a0'}</span>
                  </span>
                }
                checked={ticked.has(key)}
                onChange={(event) => onTick(source, event.currentTarget.checked)}
              />
              {source.lines !== null && <span className={classes.lines}>{countWords(source.lines, 'line')}</span>}
            </li>
          );
        })}
      </ul>
      {sources.length === 0 && <p className={classes.none}>No voice is there to be added.</p>}
    </div>
  );
}
