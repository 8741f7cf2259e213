import { Button, Textarea } from '@mantine/core';
import { useEffect } from 'react';
import { provideCommand } from '../../stores/commands.ts';
import { dismissRenderFault, useRender } from '../../stores/render.ts';
import { useTune } from '../../stores/tune.ts';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import { exampleFor } from './example-text.ts';
import { textField } from './insertion.ts';
import classes from './text-editor.module.css';
import { TextNotes } from './text-notes.tsx';

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
        <TextNotes />
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
