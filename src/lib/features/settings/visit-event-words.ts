/** Words of visits in a phone's own calendar. */
import type { CalendarWords } from '#lib/domain/visit-events.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/paraglide/runtime.js';

/** @param locale the language in use when left out */
export function visitEventWords(locale?: Locale): CalendarWords {
	const options = locale && { locale };
	return {
		name: m.calendar_feed_name({}, options),
		visit: (village) =>
			village === null ? m.calendar_event({}, options) : m.calendar_event_in({ village }, options),
		services: (count) => m.calendar_event_services({ count }, options)
	};
}
