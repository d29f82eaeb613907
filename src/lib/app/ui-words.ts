/** The words that the UI kit says by itself, in the user's language; the root layout hands them to `provideUiWords`. */
import { m } from '#lib/paraglide/messages.js';
import type { UiWords } from '#lib/ui/words.ts';

export function uiWordsOfLocale(): UiWords {
	return {
		back: m.common_back(),
		cancel: m.common_cancel(),
		clear: m.common_clear(),
		close: m.common_close(),
		errorPrefix: m.common_error_prefix(),
		hideTable: m.common_hide_table(),
		loading: m.common_loading(),
		more: m.common_more(),
		navigation: m.common_navigation(),
		notices: m.common_notices(),
		optional: m.common_optional(),
		retry: m.common_retry(),
		showTable: m.common_show_table(),
		skipToContent: m.common_skip_to_content()
	};
}
