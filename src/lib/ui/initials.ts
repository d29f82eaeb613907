/** What an avatar shows for a name. */

const han = /\p{Script=Han}/u;

/** Han names: the last two characters (people are called by them); others: first letters of the first and last word. */
export function initialsOf(name: string): string {
	const characters = [...name.trim()];
	const hanCharacters = characters.filter((character) => han.test(character));
	if (hanCharacters.length > 0) return hanCharacters.slice(-2).join('');
	const words = name.trim().split(/\s+/).filter(Boolean);
	const first = words[0];
	if (first === undefined) return '?';
	const last = words.length > 1 ? words[words.length - 1] : undefined;
	return ([...first][0] ?? '').toUpperCase() + ([...(last ?? '')][0] ?? '').toUpperCase();
}

/** A stable number in `0 … count - 1` for a name, so that a person keeps the same ground everywhere. */
export function avatarHue(name: string, count: number): number {
	let hash = 0;
	for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
	return hash % count;
}
