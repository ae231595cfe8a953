// The language of the window. Numbers and dates are formatted for it explicitly, never for the web view's own locale.
import type { Text } from '../api/bindings';
import { en } from './en';
import { zhCN, type Messages } from './zh-CN';

export type Language = 'zh-CN' | 'en';
const messages: Record<Language, Messages> = { 'zh-CN': zhCN, en };

const han = /\p{Script=Han}/u;

/** The language of a text as printed: Chinese when it holds a Han character. */
export const languageOf = (text: string): Language => (han.test(text) ? 'zh-CN' : 'en');

/** A point in time as `2026-11-22 14:40`, as every language of the window writes it. */
function local(iso: string): string | undefined {
  const at = new Date(iso);
  if (Number.isNaN(at.valueOf())) return undefined;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

class I18n {
  language = $state<Language>('zh-CN');
  m: Messages = $derived(messages[this.language]);
  #number = $derived(new Intl.NumberFormat(this.language));

  /** A whole number with the language's own separators. */
  num(n: number): string {
    return this.#number.format(n);
  }

  /** The day of a point in time (ISO 8601), by the clock of this machine. What is no time shows as itself. */
  day(iso: string): string {
    return local(iso)?.slice(0, 10) ?? iso;
  }

  /** Day, hour and minute of a point in time (ISO 8601), by the clock of this machine. */
  time(iso: string): string {
    return local(iso) ?? iso;
  }

  /** A size in the unit that fits. */
  size(bytes: number): string {
    const units = ['B', 'KB', 'MB', 'GB'] as const;
    let [value, unit] = [bytes, 0];
    while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
    const digits = unit === 0 || value >= 100 ? 0 : 1;
    return `${new Intl.NumberFormat(this.language, { maximumFractionDigits: digits }).format(value)} ${units[unit] ?? ''}`;
  }

  /** The text in the window's language where there is one, otherwise in the other. */
  pick(text: Text | null | undefined): string {
    const { zh, en: english } = text ?? {};
    return (this.language === 'en' ? english || zh : zh || english) || '';
  }
}

export const i18n = new I18n();

/** Which language to speak: the setting, otherwise what the system speaks. */
export function chooseLanguage(setting: string, system: string): Language {
  if (setting === 'en' || setting === 'zh-CN') return setting;
  return /^zh/i.test(system) || !/^en/i.test(system) ? 'zh-CN' : 'en';
}
