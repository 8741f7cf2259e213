import { useEffect } from 'react';
import type { DetectedLanguage } from '../../../shared/schemas/text.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { dismissRenderFault, useRender } from '../../stores/render.ts';
import { useTextCheck } from '../../stores/text-check.ts';
import { useTune } from '../../stores/tune.ts';
import { openVoices } from '../../stores/voice-browser.ts';
import { baseLanguage } from '../../stores/voice-filter.ts';
import { useVoices } from '../../stores/voices.ts';
import { CheckRemedy, RenderRemedy } from '../desk/remedy-button.tsx';
import classes from './text-editor.module.css';

/** What should be known of the text before it is made, and why the last render failed. */
export function TextNotes() {
  const report = useTextCheck((state) => state.report);
  const checkFault = useTextCheck((state) => state.fault);
  const voiceId = useTune((state) => state.voiceId);
  const modelId = useTune((state) => state.modelId);
  const renderFault = useRender((state) => state.fault);
  // Another one was chosen: there is nothing more to say of the one that was not there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: voice and model are what it waits for
  useEffect(() => {
    if (['unknown_voice', 'unknown_model'].includes(useRender.getState().fault?.code ?? '')) dismissRenderFault();
  }, [voiceId, modelId]);
  if (renderFault !== null) {
    return (
      <FaultNotice fault={renderFault} onClose={dismissRenderFault} action={<RenderRemedy fault={renderFault} />} />
    );
  }
  if (checkFault !== null && checkFault.code !== 'unreachable' && checkFault.code !== 'cancelled') {
    return <FaultNotice fault={checkFault} action={<CheckRemedy fault={checkFault} voiceId={voiceId} />} />;
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
      {report?.reworded.map((what) => (
        <p key={what} className={classes.note}>
          {what}
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
