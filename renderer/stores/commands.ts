/** Everything that can be done by a key, from the palette, or from the menu of the desktop app. */
export const COMMANDS = {
  play: { label: 'Play or pause', group: 'Sound', chords: ['Space'] },
  stop: { label: 'Stop', group: 'Sound', chords: ['Escape'] },
  loop: { label: 'Loop on or off', group: 'Sound', chords: ['L'] },
  'skip-back': { label: 'Back 2 seconds; in Compare a word', group: 'Sound', chords: ['ArrowLeft'] },
  'skip-forward': { label: 'Forward 2 seconds; in Compare a word', group: 'Sound', chords: ['ArrowRight'] },
  heard: { label: 'As rendered / with the sliders', group: 'Sound', chords: ['H'] },
  render: { label: 'Render and play', group: 'Takes', chords: ['Mod+Enter'] },
  'another-take': { label: 'Render again: another take', group: 'Takes', chords: ['R'] },
  cancel: { label: 'Cancel the render', group: 'Takes', chords: ['Mod+.'] },
  'next-take': { label: 'Next take; in Compare next text, in Map next voice', group: 'Takes', chords: ['J'] },
  'previous-take': { label: 'Previous take; in Compare the text, in Map the voice', group: 'Takes', chords: ['K'] },
  find: { label: 'Search takes', group: 'Takes', chords: ['/', 'Mod+F'] },
  'import-audio': { label: 'Bring in audio files', group: 'Takes', chords: [] },
  export: { label: 'Export', group: 'Takes', chords: ['Mod+E'] },
  flip: { label: 'Flip to the slot heard before; in Map to the other voice', group: 'Compare', chords: ['X'] },
  'region-start': { label: 'A region to loop begins here', group: 'Compare', chords: ['I'] },
  'region-end': { label: 'A region to loop ends here', group: 'Compare', chords: ['O'] },
  'slot-1': { label: 'Hear slot A; in Map the old voice', group: 'Compare', chords: ['1'] },
  'slot-2': { label: 'Hear slot B; in Map the new voice', group: 'Compare', chords: ['2'] },
  'slot-3': { label: 'Hear slot C', group: 'Compare', chords: ['3'] },
  'slot-4': { label: 'Hear slot D', group: 'Compare', chords: ['4'] },
  'slot-5': { label: 'Hear slot E', group: 'Compare', chords: ['5'] },
  'slot-6': { label: 'Hear slot F', group: 'Compare', chords: ['6'] },
  'slot-7': { label: 'Hear slot G', group: 'Compare', chords: ['7'] },
  'slot-8': { label: 'Hear slot H', group: 'Compare', chords: ['8'] },
  approve: { label: 'Approve what is chosen', group: 'Map', chords: ['A'] },
  reject: { label: 'Reject what is chosen', group: 'Map', chords: ['N'] },
  later: { label: 'Decide later', group: 'Map', chords: ['L'] },
  'find-nearest': { label: 'Find nearest voices', group: 'Map', chords: ['Shift+F'] },
  text: { label: 'Go to the text', group: 'Desk', chords: ['T'] },
  insert: { label: 'Insert a pause or a tag', group: 'Desk', chords: ['Mod+I'] },
  voices: { label: 'Choose a voice', group: 'Desk', chords: ['V'] },
  presets: { label: 'Presets', group: 'Desk', chords: ['P'] },
  'reset-controls': { label: 'Reset the controls', group: 'Desk', chords: [] },
  'new-project': { label: 'New project', group: 'Studio', chords: [] },
  'merge-project': { label: 'Merge a project file', group: 'Studio', chords: [] },
  'save-project': { label: 'Save the project to a file', group: 'Studio', chords: ['Mod+S'] },
  tune: { label: 'Go to Tune', group: 'Studio', chords: [] },
  compare: { label: 'Go to Compare', group: 'Studio', chords: [] },
  map: { label: 'Go to Map', group: 'Studio', chords: [] },
  settings: { label: 'Settings', group: 'Studio', chords: ['Mod+,'] },
  theme: { label: 'Light or dark', group: 'Studio', chords: [] },
  palette: { label: 'All commands', group: 'Studio', chords: ['Mod+K'] },
  shortcuts: { label: 'Shortcuts', group: 'Studio', chords: ['?'] },
} as const satisfies Record<string, { label: string; group: string; chords: readonly string[] }>;

export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[];

/** Groups in the order they are listed. */
export const COMMAND_GROUPS = ['Sound', 'Takes', 'Compare', 'Map', 'Desk', 'Studio'] as const;

/** What each command does: what was said last counts. */
const handlers = new Map<CommandId, (() => void)[]>();

/** Says what a command does while something is on the page, in place of what was said before. @returns takes it back */
export function provideCommand(id: CommandId, run: () => void): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), run]);
  return () => {
    const left = (handlers.get(id) ?? []).filter((other) => other !== run);
    if (left.length > 0) handlers.set(id, left);
    else handlers.delete(id);
  };
}

/** Tells whether a command does anything at the moment. */
export function hasCommand(id: CommandId): boolean {
  return handlers.has(id);
}

/** Does what a command says. @returns false where nothing provides it at the moment */
export function runCommand(id: string): boolean {
  const run = handlers.get(id as CommandId)?.at(-1);
  run?.();
  return run !== undefined;
}
