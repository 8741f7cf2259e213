import { Drawer, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { AnsweredBy, Take } from '../../../shared/schemas/take.ts';
import type { Model } from '../../../shared/schemas/voice.ts';
import { languageName } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import { answerFacts } from './answer-words.ts';
import { FaultWords } from './notices.tsx';
import { changeTake } from './take-deeds.tsx';
import classes from './take-details.module.css';
import {
  clock,
  costInFull,
  firstSound,
  levelWords,
  NO_FIGURE,
  settingsThatDiffer,
  takeSeconds,
  takeTitle,
  waitWords,
  whenInFull,
} from './take-words.ts';

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
    </>
  );
}

function Note({ take }: { take: Take }) {
  const [note, setNote] = useState(take.note);
  useEffect(() => setNote(take.note), [take.note]);
  return (
    <Textarea
      label="Note"
      autosize
      minRows={2}
      maxRows={8}
      maxLength={10_000}
      value={note}
      onChange={(event) => setNote(event.currentTarget.value)}
      onBlur={() => {
        if (note !== take.note) void changeTake(take, { note });
      }}
    />
  );
}

function levels(take: Take): string {
  const { loudness, truePeak } = take.measurements ?? { loudness: null, truePeak: null };
  const words = [
    loudness === null ? null : `${levelWords(loudness)} LUFS`,
    truePeak === null ? null : `true peak ${levelWords(truePeak)} dBTP`,
  ];
  return words.filter((word) => word !== null).join(', ') || NO_FIGURE;
}

function pitchWords(take: Take): string {
  const { pitch, pitchRange } = take.measurements ?? { pitch: null, pitchRange: null };
  if (pitch === null) return NO_FIGURE;
  return `${pitch.toFixed(0)} Hz${pitchRange === null ? '' : `, range ${pitchRange.toFixed(1)} st`}`;
}

/** A model by the name that is shown everywhere; by its own where it is not there any more. */
function modelName(asked: { provider: string; model: string }, models: Model[]): string {
  const model = models.find(({ provider, id }) => provider === asked.provider && id === asked.model);
  return model?.name ?? [asked.provider, asked.model].filter(Boolean).join(', ');
}

/** Who spoke in place of the voice that was asked for, and why. */
function Instead({ answeredBy, models }: { answeredBy: AnsweredBy; models: Model[] }) {
  const { voiceId, voiceName, why } = answeredBy;
  return (
    <>
      <Line label="Spoken instead by">
        {voiceName || voiceId} <span className={classes.dim}>{voiceId}</span>
      </Line>
      <Line label="Because">
        {why.message}
        {why.said && <span className={classes.dim}> It said: “{why.said}”</span>}
      </Line>
      <Line label="Answered by">{modelName(answeredBy, models)}</Line>
    </>
  );
}

function About({ take }: { take: Take }) {
  const models = useVoices((state) => state.models);
  const first = firstSound(take);
  const seconds = takeSeconds(take);
  const whole = take.lastByteAt === null ? null : Math.round(take.lastByteAt - take.sentAt);
  const { speed, pitch, volume } = take.studio;
  return (
    <dl className={classes.list}>
      <Line label="Voice">
        {take.voiceName || NO_FIGURE} <span className={classes.dim}>{take.voiceId}</span>
      </Line>
      {take.answeredBy ? (
        <Instead answeredBy={take.answeredBy} models={models} />
      ) : (
        <Line label="Answered by">
          {take.source === 'imported' ? 'A file that was brought in' : modelName(take, models)}
          {take.cached && <span className={classes.dim}> (from the library, not asked again)</span>}
        </Line>
      )}
      <Line label="Settings">{settingsThatDiffer(take.settings).join(', ') || 'Neutral'}</Line>
      <Line label="Done by the studio">
        {speed === 1 && pitch === 0 && volume === 0
          ? 'Nothing'
          : `speed ${speed.toFixed(2)}×, pitch ${pitch.toFixed(1)} st, volume ${volume.toFixed(1)} dB`}
      </Line>
      {take.seed !== null && <Line label="Seed">{take.seed}</Line>}
      <Line label="Sent">{whenInFull(take.sentAt)}</Line>
      <Line label="First sound">{first === null ? NO_FIGURE : waitWords(first)}</Line>
      <Line label="Last sound">{whole === null ? NO_FIGURE : waitWords(whole)}</Line>
      <Line label="Duration">
        {seconds === null ? NO_FIGURE : `${clock(seconds)} at ${take.sampleRate / 1000} kHz`}
      </Line>
      <Line label="Level">{levels(take)}</Line>
      <Line label="Pitch">{pitchWords(take)}</Line>
      <Line label="Characters">{take.characters.toLocaleString()}</Line>
      <Line label="Cost">{costInFull(take)}</Line>
      {answerFacts(take).map(({ label, words }) => (
        <Line key={label} label={label}>
          {words}
        </Line>
      ))}
      {take.timed && <Line label="Times of characters">Kept</Line>}
      {take.language && <Line label="Language">{languageName(take.language)}</Line>}
    </dl>
  );
}

/** All that is known of a take: what was asked, what was sent, who answered, when, at what cost. */
export function TakeDetails({ take, onClose }: { take: Take | null; onClose: () => void }) {
  return (
    <Drawer
      opened={take !== null}
      onClose={onClose}
      position="right"
      size={440}
      title={take === null ? '' : takeTitle(take)}
      classNames={{ title: classes.title ?? '' }}
      closeButtonProps={{ 'aria-label': 'Close details' }}
    >
      {take !== null && (
        <div className={classes.body}>
          {take.fault && (
            <div className={classes.fault}>
              <FaultWords fault={take.fault} />
            </div>
          )}
          <Note take={take} />
          <About take={take} />
          <h3 className={classes.heading}>Text</h3>
          <p className={classes.text}>{take.text || 'No text known'}</p>
          <h3 className={classes.heading}>The request as it was sent</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
          <pre className={classes.request} tabIndex={0}>
            {JSON.stringify(take.request, null, 2)}
          </pre>
        </div>
      )}
    </Drawer>
  );
}

export default TakeDetails;
