import type { NoticeWords } from './contract.ts';
import { notices as en } from './en/notices.ts';
import { notices as fr } from './fr/notices.ts';
import { notices as ja } from './ja/notices.ts';
import type { Language } from './language.ts';
import { notices as nl } from './nl/notices.ts';

const languages: Readonly<Record<Language, NoticeWords>> = { en, fr, ja, nl };

export const noticesOf = (lang: Language): NoticeWords => languages[lang];
