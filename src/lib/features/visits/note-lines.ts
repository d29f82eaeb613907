/** Lines of a note that one tap adds and another takes away; what was typed around them stays. */

export function hasLine(note: string, line: string): boolean {
	return note.split('\n').some((written) => written.trim() === line);
}

/** The note with the line at its end, or without it. */
export function toggledLine(note: string, line: string): string {
	if (hasLine(note, line)) {
		return note
			.split('\n')
			.filter((written) => written.trim() !== line)
			.join('\n');
	}
	const before = note.trimEnd();
	return before === '' ? line : `${before}\n${line}`;
}
