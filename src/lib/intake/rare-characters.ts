/**
 * Rare characters in Big5 files. Offices draw characters that Big5 lacks into its user-defined area, each office its own, and a
 * decoder reads other characters there. So a Han character outside Big5 in a Big5 file is to be checked against the card.
 */

import { bigFiveCharacters } from '#lib/domain/zhuyin.ts';

/** In code page 950 as everybody uses it, behind the 13,053 characters of Big5. */
const CODE_PAGE_950 = '碁銹裏墻恒粧嫺';

const KNOWN: ReadonlySet<string> = new Set([...bigFiveCharacters(), ...CODE_PAGE_950]);

export function hasRareCharacter(text: string): boolean {
	for (const [character] of text.matchAll(/\p{Unified_Ideograph}|\p{Private_Use}/gu)) {
		if (!KNOWN.has(character)) return true;
	}
	return false;
}
