/** Arguments of an intent as Postgres can store them: a copy in plain JSON, without what jsonb refuses. */

/**
 * jsonb takes neither U+0000 nor half a surrogate pair (an emoji cut by a length limit), and refuses the whole request for one of them: such
 * an intent would hold up everything behind it for ever. The half pair becomes U+FFFD, as in any UTF-8 encoder; U+0000 goes.
 */
export function toPlainJson<Value>(value: Value): Value {
	const text = JSON.stringify(value, (_key, part: unknown) =>
		typeof part === 'string' ? part.toWellFormed().replaceAll('\0', '') : part
	);
	// Arguments are JSON by their types, so the copy has the type of the original.
	return JSON.parse(text) as Value;
}
