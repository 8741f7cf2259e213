import { fault } from '../../../shared/errors.ts';
import type { ProviderKind } from '../provider.ts';
import { ELEVENLABS_URL } from './client.ts';
import { createElevenLabsProvider } from './elevenlabs-provider.ts';

/** ElevenLabs, with an account of a person’s own. */
export const ELEVENLABS: ProviderKind = {
  about: {
    kind: 'elevenlabs',
    name: 'ElevenLabs',
    about:
      'The voices of an ElevenLabs account; speaking costs credits. An account that is bound to a region has an address of its own: https://api.us.elevenlabs.io, https://api.eu.residency.elevenlabs.io, https://api.in.residency.elevenlabs.io or https://api.sg.residency.elevenlabs.io.',
    address: {
      label: 'Address',
      placeholder: ELEVENLABS_URL,
      many: false,
      needed: false,
    },
    key: {
      need: 'required',
      help: 'You find it at elevenlabs.io under Developers, API keys. It needs the permissions for text to speech, voices and models; with that for the user Timbre also shows how many credits are left.',
    },
    dialects: [],
    costs: true,
  },
  environment: { addresses: [], key: ['ELEVEN_LABS_API_KEY', 'ELEVENLABS_API_KEY'], voice: [], model: [] },
  create(connection, key, parts) {
    if (key === null) {
      throw fault('unauthorised', 'There is no key for ElevenLabs.', { todo: 'Enter one in Settings.' });
    }
    return createElevenLabsProvider({ connection, key, parts });
  },
};
