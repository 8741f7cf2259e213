/** Characters of a server's own words that are kept. */
const MOST_SAID = 500;

/** A server's own words, cut where they are so long that nobody would read them. */
export const shortWords = (text: string): string =>
  text.length > MOST_SAID ? `${text.slice(0, MOST_SAID - 1)}…` : text;
