/** What is to be looked at in a visit, in words, and how it looks. */
import CalendarX from '~icons/lucide/calendar-x';
import Clock from '~icons/lucide/clock';
import ClockAlert from '~icons/lucide/clock-alert';
import DoorClosed from '~icons/lucide/door-closed';
import Layers from '~icons/lucide/layers-2';
import UserX from '~icons/lucide/user-x';
import { spanWords } from '#lib/care-ui/remarks/remark-words.ts';
import type { WatchedVisit, WatchKind } from '#lib/domain/visit-watch.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IconComponent } from '#lib/ui/icon.ts';
import type { Tone } from '#lib/ui/tone.ts';

export const WATCH_LOOKS: Readonly<
	Record<WatchKind, { readonly tone: Tone; readonly icon: IconComponent }>
> = {
	still_there: { tone: 'moderate', icon: Clock },
	overdue: { tone: 'moderate', icon: ClockAlert },
	no_answer: { tone: 'moderate', icon: DoorClosed },
	late: { tone: 'warning', icon: ClockAlert },
	unassigned: { tone: 'warning', icon: UserX },
	missed: { tone: 'moderate', icon: CalendarX },
	overlap: { tone: 'info', icon: Layers }
};

/** @param otherName of whom the overlapping visit is */
export function watchWords(
	{ kind, minutes }: Pick<WatchedVisit, 'kind' | 'minutes'>,
	otherName: string | null
): string {
	const span = spanWords(minutes);
	switch (kind) {
		case 'still_there':
			return m.watch_still_there({ span });
		case 'overdue':
			return m.watch_overdue({ span });
		case 'late':
			return m.watch_late({ span });
		case 'overlap':
			return m.watch_overlap({ span, name: otherName ?? m.care_unknown_person() });
		case 'no_answer':
			return m.care_visit_no_answer();
		case 'unassigned':
			return m.care_visit_unassigned();
		case 'missed':
			return m.care_visit_missed();
	}
}

/** What to do about it; null where the words say enough. */
export function watchHint(kind: WatchKind, whose: 'own' | 'office'): string | null {
	if (kind === 'still_there') {
		return whose === 'own' ? m.watch_still_there_own() : m.watch_still_there_office();
	}
	if (kind === 'overlap') return m.watch_overlap_hint();
	if (kind === 'overdue' && whose === 'office') return m.watch_overdue_office();
	return whose === 'own' && (kind === 'late' || kind === 'overdue') ? m.watch_late_own() : null;
}
