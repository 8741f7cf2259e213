import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { takeTyped } from '../../stores/voice-browser.ts';
import { ANY_VOICE, filterVoices, type VoiceFilter } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import { BlendForm } from './blend-form.tsx';
import { useDesk } from './desk-context.ts';
import classes from './voice-browser.module.css';
import { VoiceFilters } from './voice-browser-filters.tsx';
import { VoiceBrowserFoot } from './voice-browser-foot.tsx';
import { useVoiceRows } from './voice-browser-rows.ts';
import { useProviderNames } from './voice-browser-sources.ts';
import { VoiceRow } from './voice-row.tsx';

/** All voices of all providers: search, filters, samples, favourites, blends, and how old the lists are. */
export function VoiceBrowser({ language, onClose }: { language: string | null; onClose: () => void }) {
  const [filter, setFilter] = useState<VoiceFilter>({ ...ANY_VOICE, language });
  const [blending, setBlending] = useState(false);
  const { voices, favourites } = useVoices();
  const chosen = useDesk((state) => state.voiceId);
  const setVoice = useDesk((state) => state.setVoice);
  const nameOf = useProviderNames();
  const several = useMemo(() => new Set(voices.map(({ provider }) => provider)).size > 1, [voices]);
  const shown = useMemo(() => filterVoices(voices, filter, favourites), [voices, filter, favourites]);
  const rows = useVoiceRows(shown, JSON.stringify(filter));
  const choose = (id: string) => {
    setVoice(id);
    onClose();
  };

  // What was typed while the window was opening. In the first frame: what is typed next must come after it.
  const search = useRef<HTMLInputElement>(null);
  const takeUp = () => {
    const { text, entered } = takeTyped();
    const wanted = { ...filter, search: filter.search + text };
    const first = entered ? filterVoices(voices, wanted, favourites)[0] : undefined;
    if (first !== undefined) choose(first.id);
    else if (text !== '') setFilter(wanted);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when it opens
  useLayoutEffect(() => {
    search.current?.focus();
    if (document.activeElement === search.current) takeUp();
  }, []);

  if (blending) return <BlendForm onBack={() => setBlending(false)} onMade={choose} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus among the buttons inside
    <div className={classes.browser} onKeyDown={rows.onKeyDown}>
      <div className={classes.head}>
        <TextInput
          ref={search}
          data-autofocus
          autoFocus
          onFocus={takeUp}
          size="sm"
          aria-label="Search voices"
          placeholder={`Search ${voices.length.toLocaleString('en')} voices`}
          leftSection={<IconSearch size={15} stroke={1.5} />}
          value={filter.search}
          onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
          onKeyDown={(event) => {
            const first = shown[0];
            if (event.key === 'Enter' && first !== undefined) choose(first.id);
          }}
        />
        <VoiceFilters filter={filter} onChange={setFilter} />
      </div>
      <div className={classes.scroll} ref={rows.scroll}>
        <ul
          className={classes.list}
          style={{ height: rows.height }}
          aria-label="Voices"
          data-searching={filter.search.trim() !== '' || undefined}
          onFocus={rows.onFocus}
          onBlur={rows.onBlur}
        >
          {rows.items.map(({ key, index, start }) => {
            const voice = shown[index];
            return (
              voice && (
                <VoiceRow
                  key={key}
                  voice={voice}
                  provider={several ? nameOf(voice.provider) : null}
                  place={{ row: index, of: shown.length, top: start }}
                  chosen={voice.id === chosen}
                  onChoose={choose}
                />
              )
            );
          })}
        </ul>
        {shown.length === 0 && (
          <div className={classes.none}>
            <p>No voice is like this.</p>
            <Button variant="default" onClick={() => setFilter(ANY_VOICE)}>
              Show all voices
            </Button>
          </div>
        )}
      </div>
      <VoiceBrowserFoot shown={shown.length} onBlend={() => setBlending(true)} onClose={onClose} />
    </div>
  );
}
