import { z } from 'zod';
import { Fault } from '../errors.ts';
import { ProviderHealth } from './voice.ts';

/** What the page asks first. */
export const Status = z.object({
  name: z.literal('Timbre'),
  version: z.string(),
  shell: z.enum(['desktop', 'web']),
  providers: z.array(ProviderHealth),
  /** Why the library cannot be used; null when it can. */
  libraryFault: Fault.nullable(),
  /** Things the person should know, for example that the browser is used because Electron did not start. */
  notices: z.array(z.string()),
  /** Names of environment variables that decide something here, in place of what the app would choose. */
  environment: z.array(z.string()),
  /** Entries of the library that cannot be read and are left out, in words; the newest last. */
  problems: z.array(z.string()),
});
export type Status = z.infer<typeof Status>;
