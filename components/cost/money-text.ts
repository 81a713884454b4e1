/** "1,234.50 EUR": the decimal text as it is, grouped; nothing is reckoned with it. */
export const formatMoney = (amount: string, currency: string): string => {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`.trim();
};

const PRICE_PLACES = 4;

/** "0.2192 EUR": what something costs an hour, to four places; what is less is shown as it is. */
export const formatPrice = (amount: string, currency: string): string => {
  const rounded = Number(amount).toFixed(PRICE_PLACES);
  return formatMoney(Number(rounded) === 0 ? amount : rounded, currency);
};

/** "+12 %", "−3 %", "new": how much more or less than before. */
export const formatChange = (now: string, before: string): string => {
  const [a, b] = [Number(now), Number(before)];
  if (b === 0) return a === 0 ? '–' : 'new';
  const percent = Math.round(((a - b) / b) * 100);
  if (percent === 0) return '±0 %';
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent)} %`;
};

const MONTH_NAME = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "November 2026" */
export const formatMonth = (month: string): string => MONTH_NAME.format(new Date(`${month}-01T00:00:00Z`));

/** Hours with as many digits as say something: "744", "0.42". */
export const formatQuantity = (quantity: string): string => {
  const value = Number(quantity);
  return value >= 100 ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : String(Number(value.toPrecision(6)));
};

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** "3 d 4 h", "12 min 5 s" */
export const formatSeconds = (text: string): string => {
  const seconds = Math.round(Number(text));
  if (seconds >= DAY_S) return `${Math.floor(seconds / DAY_S)} d ${Math.floor((seconds % DAY_S) / HOUR_S)} h`;
  if (seconds >= HOUR_S) return `${Math.floor(seconds / HOUR_S)} h ${Math.floor((seconds % HOUR_S) / MINUTE_S)} min`;
  if (seconds >= MINUTE_S) return `${Math.floor(seconds / MINUTE_S)} min ${seconds % MINUTE_S} s`;
  return `${seconds} s`;
};
