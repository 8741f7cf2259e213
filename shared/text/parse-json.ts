/** The value of a JSON text, or undefined, which no schema of ours accepts, where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
