import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import { TextReport } from '../../shared/schemas/text.ts';
import { api, unwrap } from '../api.ts';
import { useTune } from './tune.ts';
import { chosenModelId, useVoices } from './voices.ts';

/** A pause in typing this long, in ms, lets the text be checked. */
const SETTLE_MS = 250;

interface TextCheck {
  /** What would become of the text on the desk; null while it is empty or was not checked yet. */
  report: TextReport | null;
  fault: Fault | null;
}

/** What the engine thinks of the text on the desk, before it is made. */
export const useTextCheck = create<TextCheck>()(() => ({ report: null, fault: null }));

async function checkNow(signal: AbortSignal): Promise<void> {
  const { text, voiceId, modelId: chosen, settings } = useTune.getState();
  const modelId = chosenModelId(useVoices.getState(), voiceId, chosen);
  if (text.trim() === '') {
    useTextCheck.setState({ report: null, fault: null });
    return;
  }
  try {
    const report = await unwrap(
      api.text.check.$post({ json: { text, voiceId, modelId, settings } }, { init: { signal } }),
      TextReport,
    );
    if (!signal.aborted) useTextCheck.setState({ report, fault: null });
  } catch (thrown) {
    if (!signal.aborted) useTextCheck.setState({ report: null, fault: toFault(thrown) });
  }
}

/** Checks the desk now and whenever what matters to it changes. @returns ends it */
export function watchText(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let controller = new AbortController();
  const soon = (ms: number) => {
    clearTimeout(timer);
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    timer = setTimeout(() => void checkNow(signal), ms);
  };
  soon(0);
  const unsubscribe = useTune.subscribe((now, before) => {
    const same =
      now.text === before.text &&
      now.voiceId === before.voiceId &&
      now.modelId === before.modelId &&
      now.settings.speed === before.settings.speed;
    if (!same) soon(SETTLE_MS);
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
    controller.abort();
  };
}
