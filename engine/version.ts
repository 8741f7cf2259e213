import packageJson from '../package.json' with { type: 'json' };

/** Version of Timbre. */
export const VERSION: string = packageJson.version;
