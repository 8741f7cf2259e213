import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import type { Voice } from '../../../shared/schemas/voice.ts';
import { focusNeighbour } from '../../elements/focus-neighbour.ts';
import { Tag } from '../../elements/tag.tsx';
import { useVoices } from '../../stores/voices.ts';
import { tellDone, tellFault } from '../takes/notices.tsx';
import { PreviewButton } from './preview-button.tsx';
import classes from './voice-row.module.css';
import { about } from './voice-words.ts';

/** Where a row is among all voices that are shown, of which few are drawn. */
export interface VoicePlace {
  /** From 0. */
  row: number;
  of: number;
  /** CSS pixels from the top of the list. */
  top: number;
}

/** One voice in the browser. */
export function VoiceRow({
  voice,
  provider,
  place,
  chosen,
  onChoose,
}: {
  voice: Voice;
  /** Who speaks it, in words; null where there is only one provider. */
  provider: string | null;
  place: VoicePlace;
  chosen: boolean;
  onChoose: (id: string) => void;
}) {
  const { voices, models, favourites, setFavourite, removeBlend } = useVoices();
  const favourite = favourites.has(voice.id);
  const star = favourite ? `Take ${voice.name} out of the favourites` : `Make ${voice.name} a favourite`;
  const remove = () =>
    removeBlend(voice.id).then(
      () => tellDone(`“${voice.name}” was removed. Takes made with it are kept.`),
      (thrown) => tellFault(thrown, 'The blend was not removed'),
    );
  return (
    <li
      className={classes.row}
      style={{ transform: `translateY(${place.top}px)` }}
      aria-setsize={place.of}
      aria-posinset={place.row + 1}
      data-row={place.row}
      data-voice={voice.id}
      data-chosen={chosen || undefined}
    >
      <UnstyledButton
        className={classes.choose}
        aria-pressed={chosen}
        title={[voice.description, (voice.labels ?? []).join(' · ')].filter(Boolean).join('\n') || undefined}
        onClick={() => onChoose(voice.id)}
      >
        <span className={classes.sign}>{chosen && <IconCheck size={14} stroke={2} aria-hidden />}</span>
        <span className={classes.words}>
          <span className={classes.name}>
            {voice.name}
            {voice.blend !== null && <Tag>blend</Tag>}
            {voice.experimental && <Tag>experimental</Tag>}
          </span>
          <span className={classes.about}>
            {[about(voice, voices, models, provider), ...(voice.labels ?? [])].join(' · ')}
          </span>
        </span>
      </UnstyledButton>
      {voice.blend !== null && (
        <Tooltip label={`Remove the blend ${voice.name}`}>
          <ActionIcon
            aria-label={`Remove the blend ${voice.name}`}
            onClick={(event) => {
              focusNeighbour(event.currentTarget);
              void remove();
            }}
          >
            <IconTrash size={15} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      )}
      <PreviewButton voice={voice} />
      <Tooltip label={star}>
        <ActionIcon
          aria-label={star}
          aria-pressed={favourite}
          color={favourite ? 'lamp' : 'gray'}
          onClick={() =>
            setFavourite(voice.id, !favourite).catch((thrown) => tellFault(thrown, 'The favourite was not kept'))
          }
        >
          {favourite ? <IconStarFilled size={15} /> : <IconStar size={15} stroke={1.5} />}
        </ActionIcon>
      </Tooltip>
    </li>
  );
}
