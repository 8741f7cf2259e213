import { z } from 'zod';

/** What a menu item can ask of the page. Each is also in the page itself, so the browser shell lacks none. */
export const StudioCommand = z.enum([
  'new-project',
  'merge-project',
  'save-project',
  'import-audio',
  'export',
  'settings',
  'render',
  'another-take',
  'play',
  'cancel',
  'find',
  'shortcuts',
]);
export type StudioCommand = z.infer<typeof StudioCommand>;
