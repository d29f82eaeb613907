/** What the sign-in screen says of what happened before: the app has closed by itself, or the browser has deleted everything. */
import { dayWords, midSentence } from '#lib/care-ui/dates.ts';
import { clock } from '#lib/care-ui/clock.svelte.ts';
import type { DoorNotice } from '#lib/features/signin/port.ts';
import { m } from '#lib/paraglide/messages.js';
import type { App } from './start.ts';
import { deletedSince } from './storage-danger.ts';

/** Reactive. */
export function doorNotice({ session, serverInfo, install }: App): DoorNotice | undefined {
	if (session.farewell !== null) {
		const text = session.farewell === 'wiped' ? m.app_wiped() : m.app_wiped_by_office();
		return { kind: 'info', paragraphs: [text] };
	}
	const heldOn = deletedSince(serverInfo.heldOn, session.isBlank, install.browser);
	if (heldOn === null) return undefined;
	const day = midSentence(dayWords(heldOn, clock.today));
	return {
		kind: 'warning',
		title: m.app_deleted_title(),
		paragraphs: [m.app_deleted({ day }), m.app_deleted_prevent()]
	};
}
