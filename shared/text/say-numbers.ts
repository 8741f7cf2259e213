/** A year, hundred or time of day as it is said in English; other numbers stay as they are. */
function yearOrTime(match: string): string {
  if (match.includes('.')) return match;
  if (match.includes(':')) {
    const [hours = 0, minutes = 0] = match.split(':').map(Number);
    if (minutes === 0) return `${hours} o'clock`;
    return minutes < 10 ? `${hours} oh ${minutes}` : `${hours} ${minutes}`;
  }
  const year = Number.parseInt(match, 10);
  const plural = match.endsWith('s') ? 's' : '';
  const century = Math.floor(year / 100);
  const rest = year % 100;
  if (year < 1100 || year % 1000 < 10) return match;
  if (year % 1000 < 100) return `${century} ${rest}${plural}`;
  if (rest === 0) return `${century} hundred${plural}`;
  return rest < 10 ? `${century} oh ${rest}${plural}` : `${century} ${rest}${plural}`;
}

function money(match: string): string {
  const [whole, part] = match[0] === '$' ? ['dollar', 'cent'] : ['pound', 'penny'];
  const amount = match.slice(1);
  const number = Number(amount);
  if (Number.isNaN(number)) return `${amount} ${whole}s`;
  const [units = '0', decimals] = amount.split('.');
  const unit = `${units} ${whole}${units === '1' ? '' : 's'}`;
  if (decimals === undefined) return unit;
  const cents = Number(decimals.padEnd(2, '0').slice(0, 2));
  if (cents === 0) return unit;
  const plural = part === 'penny' ? 'pence' : 'cents';
  return `${unit} and ${cents} ${cents === 1 ? part : plural}`;
}

function decimal(match: string): string {
  const [whole = '', part = ''] = match.split('.');
  return `${whole} point ${Array.from(part).join(' ')}`.trim();
}

/**
 * English as it is said: titles, years, times, money, decimals and ranges written out, where eSpeak NG by itself would
 * read them otherwise than people do.
 */
export function sayEnglish(text: string): string {
  return text
    .replace(/\bD[Rr]\.(?= \p{Lu})/gu, 'Doctor')
    .replace(/\b(?:Mr\.|MR\.(?= \p{Lu}))/gu, 'Mister')
    .replace(/\b(?:Ms\.|MS\.(?= \p{Lu}))/gu, 'Miss')
    .replace(/\b(?:Mrs\.|MRS\.(?= \p{Lu}))/gu, 'Missus')
    .replace(/\betc\.(?! \p{Lu})/giu, 'etcetera')
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/[$£]\d+(?:\.\d+)?(?: hundred| thousand| (?:[bm]|tr)illion)*\b/gi, money)
    .replace(/\d*\.\d+|\b\d{4}s?\b|(?<!:)\b(?:[1-9]|1[0-2]):[0-5]\d\b(?!:)/g, yearOrTime)
    .replace(/\d*\.\d+/g, decimal)
    .replace(/(?<=\d)-(?=\d)/g, ' to ')
    .replace(/(?:\p{L}\.){2,}/gu, (letters) => letters.slice(0, -1).replace(/\./g, '-'))
    .replace(/%/g, ' percent');
}
