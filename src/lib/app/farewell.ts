/** What the sign-in screen says after the app has closed by itself. */
import { m } from '#lib/paraglide/messages.js';
import type { FarewellReason } from './session.svelte.ts';

export function farewellText(reason: FarewellReason | null): string | undefined {
	if (reason === null) return undefined;
	return reason === 'wiped' ? m.app_wiped() : m.app_wiped_by_office();
}
