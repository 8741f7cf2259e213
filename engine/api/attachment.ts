/** Headers that give a download its name (RFC 6266; the plain form for old clients, the encoded one for all others). */
export function attachment(named: string): Record<string, string> {
  // Half a character, which somebody may have typed, cannot be encoded.
  const name = named.toWellFormed();
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'cache-control': 'no-store',
  };
}
