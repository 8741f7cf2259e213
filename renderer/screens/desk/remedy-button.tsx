import { Button } from '@mantine/core';
import type { Fault } from '../../../shared/errors.ts';
import { voiceIdParts } from '../../../shared/voice-id.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { showProvider } from '../../stores/provider-cards.ts';
import { renderAgain, renderWithOwnModel, useRender } from '../../stores/render.ts';
import { useSession } from '../../stores/session.ts';
import { openVoices } from '../../stores/voice-browser.ts';
import { fieldOf } from '../settings/providers/provider-words.ts';
import { REMEDY_WORDS, remedyOf } from './remedy.ts';

/** The way to Settings: to the provider, at the field that a fault is about, where there is such a provider. */
export function openSettings(provider: string, fault: Fault | null = null): void {
  const there = useSession.getState().status?.providers.some(({ id }) => id === provider);
  if (there) showProvider(provider, fault && fieldOf(fault));
  else useNavigation.getState().go('settings');
}

/** What helps against a fault of the last render; nothing where only another text does. */
export function RenderRemedy({ fault }: { fault: Fault }) {
  const asked = useRender((state) => state.asked);
  const remedy = remedyOf(fault, Boolean(asked?.modelId));
  if (remedy === null) return null;
  const help = {
    settings: () => openSettings(providerOf(asked?.voiceId), fault),
    voices: () => openVoices(),
    'own-model': () => void renderWithOwnModel(),
    again: () => void renderAgain(),
  }[remedy];
  return (
    <Button variant="default" onClick={help}>
      {REMEDY_WORDS[remedy]}
    </Button>
  );
}

/** What helps where a text could not be looked at for the voice on the desk. @param voiceId the one on the desk */
export function CheckRemedy({ fault, voiceId }: { fault: Fault; voiceId: string }) {
  const remedy = remedyOf(fault, false);
  if (remedy !== 'settings' && remedy !== 'voices') return null;
  return (
    <Button
      variant="default"
      onClick={() => (remedy === 'voices' ? openVoices() : openSettings(providerOf(voiceId), fault))}
    >
      {REMEDY_WORDS[remedy]}
    </Button>
  );
}

/** The provider of a voice, by the voice's id. */
function providerOf(voiceId: string | undefined): string {
  return voiceIdParts(voiceId ?? '').provider;
}
