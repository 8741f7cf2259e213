import { Tooltip, UnstyledButton } from '@mantine/core';
import { isPreview } from '../stores/heard.ts';
import { setHeard, useLive } from '../stores/live.ts';
import { useNavigation } from '../stores/navigation.ts';
import { useTune } from '../stores/tune.ts';
import classes from './heard-switch.module.css';

/** Says how the take is heard, and goes from one to the other: as it was rendered, or as the sliders stand. */
export function HeardSwitch() {
  const live = useLive();
  const settings = useTune((state) => state.settings);
  const preview = isPreview(live, settings);
  const slots = useNavigation((state) => state.screen === 'compare');
  const other = isPreview({ ...live, heard: 'sliders' }, settings);
  const why = preview
    ? 'You hear the take with the sliders as they stand now. Press to hear it as it was made.'
    : other
      ? 'You hear the take as it was made. Press to hear it as the sliders stand.'
      : 'The sliders stand as the take was made.';
  // A slot is heard as it was made; the sliders of Tune are not its own.
  if (slots) return <span className={classes.switch} data-off />;
  return (
    <Tooltip label={why}>
      <UnstyledButton
        className={classes.switch}
        data-preview={preview || undefined}
        data-off={live.loaded === null || undefined}
        data-same={!other || undefined}
        disabled={live.loaded === null}
        onClick={() => setHeard(live.heard === 'rendered' ? 'sliders' : 'rendered')}
      >
        {preview ? 'preview' : 'as rendered'}
      </UnstyledButton>
    </Tooltip>
  );
}
