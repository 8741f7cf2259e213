import type { PastGeneration } from './elevenlabs-history.ts';

const RACHEL = { voice: '21m00Tcm4TlvDq8ikWAM' };
const GEORGE = { voice: 'JBFqnCBsd6RMkjVDRZzb', model: 'eleven_flash_v2_5' };
const CLONE = { voice: 'Clone000000000000001', settings: { stability: 0.35, speed: 1.05 } };
const LENA = { voice: 'LibraryVoice00000001' };

/** What an account in use has spoken: some voices often, one in German, one that was removed since. */
export const PAST_SPEECH: readonly PastGeneration[] = [
  { voice: 'RemovedVoice00000001', text: 'This voice was here before the others, and it is here no more.' },
  { ...RACHEL, text: 'Thank you for calling. How can I help you today?' },
  { ...GEORGE, text: 'Your table is booked for seven o’clock on Friday evening, for four people.' },
  { ...RACHEL, text: 'I am afraid that we are closed on public holidays, but we open again on Tuesday at nine.' },
  { ...CLONE, text: 'Let me look that up for you. It will only take a moment.' },
  { ...GEORGE, text: 'Would you like to hear today’s menu before you decide?' },
  { ...RACHEL, text: 'Could you please tell me your name, and the number under which we can reach you?' },
  { ...LENA, text: 'Guten Tag, Sie sprechen mit der Auskunft. Was kann ich für Sie tun?' },
  { ...CLONE, text: 'The parcel left our house yesterday, and it should be with you before the weekend.' },
  { ...RACHEL, text: 'That is all arranged. We look forward to seeing you, and we wish you a very good day.' },
];
