/** Takes up a draft that an earlier release may have written: only fields that are known, and of the right kind. */
export function mergeDraft<Values extends object>(start: Values, draft: unknown): Values {
	if (typeof draft !== 'object' || draft === null) return start;
	const known = Object.entries(start).map(([field, value]: [string, unknown]) => {
		const kept: unknown = Reflect.get(draft, field);
		return [field, isSameKind(value, kept) ? kept : value];
	});
	return Object.fromEntries(known) as Values; // each field of `start` with a value of its own kind
}

function isSameKind(value: unknown, kept: unknown): boolean {
	if (Array.isArray(value)) {
		return Array.isArray(kept) && kept.every((item) => typeof item === 'string');
	}
	if (typeof value === 'object' && value !== null) {
		return typeof kept === 'object' && kept !== null && !Array.isArray(kept);
	}
	return typeof kept === typeof value;
}
