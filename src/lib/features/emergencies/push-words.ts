/** The words of a notice that names nobody: what a push service, a locked screen or a text message may carry. */
import { m } from '#lib/paraglide/messages.js';

export interface PushWords {
	readonly title: string;
	readonly body: string;
	readonly actions?: readonly { readonly action: 'on-it' | 'call'; readonly title: string }[];
}

/** @param locale of the person who is told; anything else than English is the language of the product */
export function pushWords(
	locale: string | null,
	kind: 'emergency' | 'test',
	severity: 'yellow' | 'orange' | 'red' | null
): PushWords {
	const options = { locale: locale === 'en' ? 'en' : 'zh-TW' } as const;
	if (kind === 'test')
		return {
			title: m.emergencies_push_test({}, options),
			body: m.emergencies_push_test_body({}, options)
		};
	const title = {
		red: m.emergencies_push_red,
		orange: m.emergencies_push_orange,
		yellow: m.emergencies_push_yellow
	}[severity ?? 'red'];
	return {
		title: title({}, options),
		body: m.emergencies_push_body({}, options),
		actions: [
			{ action: 'on-it', title: m.push_on_it({}, options) },
			{ action: 'call', title: m.push_call({}, options) }
		]
	};
}
