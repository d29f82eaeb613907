/** The words of a notice that names nobody: what a push service, a locked screen or a text message may carry. */
import { m } from '#lib/paraglide/messages.js';
import type { PushAbout } from '#lib/domain/notice-kind.ts';

export interface PushWords {
	readonly title: string;
	readonly body: string;
	readonly actions?: readonly { readonly action: 'on-it' | 'call'; readonly title: string }[];
}

const NOTICE_TITLES = {
	emergencies: m.push_notice_emergencies,
	tasks: m.push_notice_tasks,
	visits: m.push_notice_visits,
	records: m.push_notice_records,
	mentions: m.push_notice_mentions,
	office: m.push_notice_office,
	digest: m.push_notice_digest
} as const;

interface Told {
	/** Of the person who is told; anything else than English is the language of the product. */
	readonly locale: string | null;
	readonly kind: 'emergency' | 'test' | 'notice';
	readonly severity: 'yellow' | 'orange' | 'red' | null;
	readonly about: PushAbout | null;
}

export function pushWords({ locale, kind, severity, about }: Told): PushWords {
	const options = { locale: locale === 'en' ? 'en' : 'zh-TW' } as const;
	if (kind === 'test')
		return {
			title: m.emergencies_push_test({}, options),
			body: m.emergencies_push_test_body({}, options)
		};
	if (kind === 'notice')
		return {
			title: NOTICE_TITLES[about ?? 'office']({}, options),
			body: m.push_notice_body({}, options)
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
