import { Splitter, VisuallyHidden } from '@mantine/core';
import { DESK_HEIGHT, useLayout } from '../../stores/layout.ts';
import { ControlPanel } from '../desk/control-panel.tsx';
import { VoicePicker } from '../desk/voice-picker.tsx';
import { TakesPanel } from '../takes/takes-panel.tsx';
import { RenderBar } from './render-bar.tsx';
import { TextEditor } from './text-editor.tsx';
import classes from './tune-screen.module.css';

/** Text, voice, controls; below them the takes. */
export function TuneScreen() {
  const { desk, setDesk } = useLayout();
  return (
    <Splitter
      orientation="vertical"
      className={classes.screen ?? ''}
      classNames={{ handle: classes.handle ?? '' }}
      sizes={[desk, 100 - desk]}
      onSizeChange={([size]) => size !== undefined && setDesk(Number(size))}
      lineSize={1}
      withHandle={false}
      step="8px"
      shiftStep="40px"
    >
      <Splitter.Pane defaultSize={DESK_HEIGHT.usual} min={DESK_HEIGHT.least} max={DESK_HEIGHT.most}>
        <div className={classes.desk}>
          <VisuallyHidden component="h1">Tune</VisuallyHidden>
          <section className={classes.text} aria-label="Text">
            <TextEditor />
            <RenderBar />
          </section>
          <section className={classes.voice} aria-label="Voice and controls">
            <VoicePicker />
            <ControlPanel />
          </section>
        </div>
      </Splitter.Pane>
      <Splitter.Pane defaultSize={100 - DESK_HEIGHT.usual} min={20}>
        <TakesPanel />
      </Splitter.Pane>
    </Splitter>
  );
}
