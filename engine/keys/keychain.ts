/** The system's own keeper of secrets, as far as the desktop shell has one. */
export interface Keychain {
  /** What it is called, for a person. */
  readonly name: string;
  /** Why it cannot be used, in words; null where it can. */
  unusable(): Promise<string | null>;
  /** Seals a text so that only this user on this machine can open it: base64. */
  seal(text: string): Promise<string>;
  /** Opens what was sealed. @throws where it was sealed by somebody else */
  open(sealed: string): Promise<string>;
}
