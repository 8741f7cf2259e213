import { Button, Textarea } from '@mantine/core';
import { useEffect } from 'react';
import type { DetectedLanguage } from '../../../shared/schemas/text.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { provideCommand } from '../../stores/commands.ts';
import { dismissRenderFault, renderAgain, useRender } from '../../stores/render.ts';
import { useTextCheck } from '../../stores/text-check.ts';
import { useTune } from '../../stores/tune.ts';
import { openVoices } from '../../stores/voice-browser.ts';
import { baseLanguage } from '../../stores/voice-filter.ts';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import { exampleFor } from './example-text.ts';
import { textField } from './insertion.ts';
import classes from './text-editor.module.css';

/** Where what should be spoken is written. */
export function TextEditor() {
  const text = useTune((state) => state.text);
  const setText = useTune((state) => state.setText);
  useEffect(() => provideCommand('text', () => textField.current?.focus()), []);
  // What was wrong with the text before it was changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what it waits for
  useEffect(() => {
    if (useRender.getState().fault?.param === 'text') dismissRenderFault();
  }, [text]);
  return (
    <div className={classes.editor}>
      <Textarea
        ref={textField}
        variant="unstyled"
        aria-label="Text to speak"
        placeholder="Type or paste what should be spoken."
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        classNames={{ root: classes.fill ?? '', wrapper: classes.fill ?? '', input: classes.input ?? '' }}
      />
      {text === '' && <Example onTake={() => textField.current?.focus()} />}
      <div className={classes.notes}>
        <Notes />
      </div>
    </div>
  );
}

function Example({ onTake }: { onTake: () => void }) {
  const voiceId = useTune((state) => state.voiceId);
  const setText = useTune((state) => state.setText);
  const language = useVoices((state) => voiceOf(state, voiceId)?.languages[0] ?? 'en');
  const example = exampleFor(language);
  return (
    <div className={classes.example}>
      <Button
        variant="default"
        onClick={() => {
          setText(example);
          onTake();
        }}
      >
        Try a line
      </Button>
    </div>
  );
}

/** What should be known of the text before it is made, and why the last render failed. */
function Notes() {
  const report = useTextCheck((state) => state.report);
  const checkFault = useTextCheck((state) => state.fault);
  const renderFault = useRender((state) => state.fault);
  if (renderFault !== null) {
    return (
      <FaultNotice
        fault={renderFault}
        onClose={dismissRenderFault}
        action={
          renderFault.param === 'text' ? undefined : (
            <Button variant="default" onClick={() => void renderAgain()}>
              Try again
            </Button>
          )
        }
      />
    );
  }
  if (checkFault !== null && checkFault.code !== 'unreachable' && checkFault.code !== 'cancelled') {
    return <FaultNotice fault={checkFault} />;
  }
  return (
    <>
      {report?.mismatch && (
        <p className={classes.note}>
          {report.mismatch}
          {report.language && <OtherVoices language={report.language} />}
        </p>
      )}
      {report?.removed.map((what) => (
        <p key={what} className={classes.note}>
          Will be left out: {what}
        </p>
      ))}
    </>
  );
}

/** The way to the voices that speak a text; nothing where there is none. */
function OtherVoices({ language: { tag, name } }: { language: DetectedLanguage }) {
  const base = baseLanguage(tag);
  const spoken = useVoices(({ voices }) =>
    voices.some(({ languages }) => languages.some((other) => baseLanguage(other) === base)),
  );
  if (!spoken) return null;
  return (
    <button type="button" className={classes.way} onClick={() => openVoices(base)}>
      {name} voices
    </button>
  );
}
