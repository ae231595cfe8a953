// The language of the window. Numbers and dates are formatted for it explicitly, never for the web view's own locale.
import type { Text } from '../api/bindings';
import { en } from './en';
import { zhCN, type Messages } from './zh-CN';

export type Language = 'zh-CN' | 'en';
const messages: Record<Language, Messages> = { 'zh-CN': zhCN, en };

const han = /\p{Script=Han}/u;

/** The language of a text as printed: Chinese when it holds a Han character. */
export const languageOf = (text: string): Language => (han.test(text) ? 'zh-CN' : 'en');

class I18n {
  language = $state<Language>('zh-CN');
  m: Messages = $derived(messages[this.language]);
  #number = $derived(new Intl.NumberFormat(this.language));

  /** A whole number with the language's own separators. */
  num(n: number): string {
    return this.#number.format(n);
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
