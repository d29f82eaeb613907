/** Mentions: an @ and the name of somebody who sees the thread, as they are typed, told and read. */
import { foldText } from './text.ts';

export interface Mentionable {
	readonly id: string;
	readonly name: string;
}

/** As the database allows. */
export const MOST_MENTIONS = 20;
/** How many are offered at once. */
const MOST_OFFERED = 6;
/** Longer than any name: then an @ is no beginning of one. */
const LONGEST_NAME = 30;

/** The mention that is being typed before the caret. */
export interface MentionToken {
	/** Where its @ stands. */
	readonly from: number;
	/** What follows the @, up to the caret. */
	readonly typed: string;
}

/** Null when the caret stands in none; an @ within a word, as in an address of mail, begins none. */
export function mentionAt(text: string, caret: number): MentionToken | null {
	const before = text.slice(0, caret);
	const from = Math.max(before.lastIndexOf('@'), before.lastIndexOf('＠'));
	const typed = before.slice(from + 1);
	if (from < 0 || typed.length > LONGEST_NAME || /^\s|[\n,，。;；!！?？]/.test(typed)) return null;
	return /[A-Za-z0-9._-]/.test(before.at(from - 1) ?? '') && from > 0 ? null : { from, typed };
}

/** Whose name holds what is typed, those that begin with it first. */
export function offered<Person extends Mentionable>(
	people: readonly Person[],
	typed: string
): readonly Person[] {
	const wanted = foldText(typed.trim());
	const rank = ({ name }: Person) => foldText(name).indexOf(wanted);
	return people
		.filter((person) => rank(person) >= 0)
		.sort((a, b) => Math.sign(rank(a)) - Math.sign(rank(b)))
		.slice(0, MOST_OFFERED);
}

/** The text with the name in place of what was typed, and where the caret goes. */
export function withMention(
	text: string,
	{ from, typed }: MentionToken,
	{ name }: Mentionable
): { readonly text: string; readonly caret: number } {
	const rest = text.slice(from + 1 + typed.length);
	const said = `@${name} `;
	return {
		text: text.slice(0, from) + said + (rest.startsWith(' ') ? rest.slice(1) : rest),
		caret: from + said.length
	};
}

/**
 * Whom a text means, in the order in which they stand there. Of two with one name those who were chosen from the list, or else both.
 * @param chosen ids of people who were chosen while it was written
 */
export function mentionedIn(
	text: string,
	people: readonly Mentionable[],
	chosen: readonly string[]
): readonly string[] {
	const names = mentionParts(text, people).flatMap(({ name }) => name ?? []);
	const ids = names.flatMap((name) => {
		const called = people.filter((person) => person.name === name);
		const wanted = called.filter(({ id }) => chosen.includes(id));
		return (wanted.length > 0 ? wanted : called).map(({ id }) => id);
	});
	return [...new Set(ids)].slice(0, MOST_MENTIONS);
}

export interface TextPart {
	readonly text: string;
	/** Whose name it is, if it is a mention. */
	readonly name: string | null;
}

/** A text in pieces, mentions by themselves; of names that begin alike the longest is meant. */
export function mentionParts(text: string, people: readonly Mentionable[]): readonly TextPart[] {
	const names = [...new Set(people.map(({ name }) => name))]
		.filter((name) => name !== '')
		.sort((a, b) => b.length - a.length);
	const parts: TextPart[] = [];
	let plain = '';
	const flush = () => {
		if (plain !== '') parts.push({ text: plain, name: null });
		plain = '';
	};
	for (let at = 0; at < text.length;) {
		const isSign = text[at] === '@' || text[at] === '＠';
		const name = isSign ? names.find((each) => text.startsWith(each, at + 1)) : undefined;
		if (name === undefined) {
			plain += text[at] ?? '';
			at += 1;
			continue;
		}
		flush();
		parts.push({ text: text.slice(at, at + 1 + name.length), name });
		at += 1 + name.length;
	}
	flush();
	return parts;
}
