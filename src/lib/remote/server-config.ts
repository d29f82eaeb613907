/** Where the server is and with which public key it is spoken to. */
import * as v from 'valibot';
import { isDay } from '#lib/domain/taiwan-dates.ts';

const schema = v.object({
	supabaseUrl: v.pipe(v.string(), v.url()),
	publishableKey: v.pipe(v.string(), v.nonEmpty()),
	version: v.optional(v.string(), ''),
	/** It holds the demo, whose accounts are published. */
	demo: v.optional(v.boolean()),
	/** Taipei day on which this browser last held data, in an answer just given; nothing else hangs on it. */
	heldOn: v.fallback(v.nullish(v.pipe(v.string(), v.check(isDay))), null)
});
export type ServerConfig = v.InferOutput<typeof schema>;

const KEY = 'connect10.config';

/** The configuration that this phone saw last; readable without network. */
export function rememberedConfig(
	storage: Pick<Storage, 'getItem'> = localStorage
): ServerConfig | null {
	const text = storage.getItem(KEY);
	return text === null ? null : parseConfig(text);
}

/**
 * Asks this app's own origin, and remembers the answer. Null without network, or when something else answered.
 * @param origin of the app, for a command that runs outside of it
 */
export async function fetchConfig(
	storage: Pick<Storage, 'setItem'> = localStorage,
	origin = ''
): Promise<ServerConfig | null> {
	try {
		const response = await fetch(`${origin}/config.json`, { cache: 'no-store' });
		const config = response.ok ? parseConfig(await response.text()) : null;
		if (config) storage.setItem(KEY, JSON.stringify(config));
		return config;
	} catch (failure) {
		if (failure instanceof TypeError) return null;
		throw failure;
	}
}

function parseConfig(text: string): ServerConfig | null {
	try {
		const parsed = v.safeParse(schema, JSON.parse(text));
		return parsed.success ? parsed.output : null;
	} catch (failure) {
		if (failure instanceof SyntaxError) return null;
		throw failure;
	}
}
