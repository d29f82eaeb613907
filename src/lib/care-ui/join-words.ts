/** Puts short facts about one thing in a line. */
import { getLocale } from '#lib/paraglide/runtime.js';

/** `女・82 歲・松泉村`, `Female · 82 years old`; empty parts are left out. No line begins with the dot. */
export function joinWords(parts: readonly (string | null | undefined | false)[]): string {
	return parts.filter(Boolean).join(getLocale() === 'en' ? '\u00a0· ' : '・');
}

/** `今天沒有；明天再看`, `none today; look tomorrow`: clauses of one sentence; empty ones are left out. */
export function clauseWords(clauses: readonly (string | null | undefined | false)[]): string {
	return clauses.filter(Boolean).join(getLocale() === 'en' ? '; ' : '；');
}

/** `高血壓、糖尿病`, `a, b`: things of one kind. */
export function listWords(items: readonly string[]): string {
	return items.join(getLocale() === 'en' ? ', ' : '、');
}
