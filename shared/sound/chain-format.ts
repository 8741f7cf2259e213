/** Rate at which player, export and gateway process sound, in Hz. */
export const CHAIN_RATE = 48_000;

/** Frames processed at a time: one render quantum of Web Audio. */
export const CHAIN_BLOCK = 128;
