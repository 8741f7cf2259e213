/** The name of a server as it stands within a sentence: “The Chatterbox server” begins one. */
export const within = (server: string): string => server.replace(/^The /u, 'the ');
